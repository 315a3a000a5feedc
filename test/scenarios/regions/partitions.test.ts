import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { signIn } from '../../login/support/machine.ts'
import { run } from '../../support/here.ts'
import { configOf, configPath, type Desk } from '../e2e/support/desk.ts'
import { centerIn, instanceId, management } from './support/center.ts'

// The SDK would announce on stderr which Node version it will ask for next year.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'

interface Partition {
  readonly home: string
  /** Another Region of the partition. */
  readonly beside: string
  readonly partition: string
  readonly console: string
  /** The start URL that is written, by the id of the identity store. */
  readonly written: (store: string) => string
  /** One that somebody has copied from the address bar. */
  readonly copied: (store: string) => string
}

const partitions: readonly Partition[] = [
  {
    home: 'us-gov-west-1',
    beside: 'us-gov-east-1',
    partition: 'aws-us-gov',
    console: 'console.amazonaws-us-gov.com/singlesignon',
    written: (store) => `https://start.us-gov-home.awsapps.com/directory/${store}`,
    // aws-cli issue 7649.
    copied: (store) => `https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/${store}#/`,
  },
  {
    home: 'cn-north-1',
    beside: 'cn-northwest-1',
    partition: 'aws-cn',
    console: 'console.amazonaws.cn/singlesignon',
    written: (store) => `https://start.home.awsapps.cn/directory/${store}`,
    // AWS_SSO_Containers issue 23.
    copied: (store) => `https://start.cn-north-1.home.awsapps.cn/directory/${store}#/`,
  },
  {
    home: 'eusc-de-east-1',
    beside: 'eusc-de-east-2',
    partition: 'aws-eusc',
    console: 'console.amazonaws-eusc.eu/singlesignon',
    written: () => `https://identitycenter.amazonaws.eu/${instanceId}`,
    copied: () => `https://${instanceId}.eusc-de-east-1.portal.amazonaws.eu/#/`,
  },
]

function configure(desk: Desk, startUrl: string, region: string): void {
  mkdirSync(join(desk.home, '.aws'))
  writeFileSync(
    configPath(desk.home),
    `[sso-session work]
sso_start_url = ${startUrl}
sso_region = ${region}
sso_registration_scopes = sso:account:access
[profile admin]
sso_session = work
sso_account_id = ${management}
sso_role_name = AdministratorAccess
`,
  )
}

for (const { home, beside, partition, console, written, copied } of partitions)
  describe(`in the partition ${partition}`, () => {
    it('apply writes a start URL that people can sign in with, and attaches policies of the partition', async () => {
      const center = await centerIn(home)
      const desk = center.desk(home)
      const applied = await run(desk, ['apply', '--yes'])
      expect(applied, applied.stderr).toMatchObject({ code: 0 })
      const url = written(center.store)
      expect(configOf(desk.home)).toContain(`sso_start_url = ${url}\nsso_region = ${home}\n`)
      expect((await signIn(center.url, url)).accessToken).toBeTruthy()
      expect((await run(desk, ['plan', '--check'])).code).toBe(0)
    })

    it('init knows a session by any form of the URL, and its plan is empty', async () => {
      const admin = `arn:${partition}:iam::aws:policy/AdministratorAccess`
      const center = await centerIn(home, {
        permissionSets: [{ name: 'AdministratorAccess', managedPolicies: [admin] }],
      })
      const desk = center.desk(home)
      rmSync(join(desk.work, 'sso.yaml'))
      configure(desk, copied(center.store), home)
      const { code, stdout } = await run(desk, ['init'], { AWS_REGION: home })
      expect(code).toBe(0)
      expect(stdout).toContain('1 profile')
      expect((await run(desk, ['plan', '--check'])).code).toBe(0)
    })

    it('names the console of the partition, and scans its Regions', async () => {
      const center = await centerIn(home)
      const desk = center.desk(beside)
      expect((await run(desk, ['plan'])).stderr).toContain(
        `enable it at https://${beside}.${console}/home?region=${beside} `,
      )
      const found = JSON.parse((await run(desk, ['doctor', '--scan', '--only', 'cloud', '--json'])).stdout)
      expect(found.checks).toContainEqual(
        expect.objectContaining({
          code: 'region-wrong',
          message: `Identity Center is not in ${beside} but in ${home}`,
        }),
      )
      rmSync(join(desk.work, 'sso.yaml'))
      expect((await run(desk, ['init', '--scan', '--dry-run'], { AWS_REGION: beside })).stdout).toContain(
        `region: ${home}`,
      )
    })

    it('iam-policy has ARNs of the partition alone', async () => {
      const center = await centerIn(home)
      const { stdout } = await run(center.desk(home), ['iam-policy'])
      const arns = [...stdout.matchAll(/"arn:([^:]+):/g)].map(([, found]) => found)
      expect(arns.length).toBeGreaterThan(5)
      expect([...new Set(arns)]).toEqual([partition])
    })
  })
