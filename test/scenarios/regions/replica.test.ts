import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { run } from '../../support/here.ts'
import { configOf, configPath, type Desk } from '../e2e/support/desk.ts'
import { type Center, centerIn, instanceId, management } from './support/center.ts'

const home = 'eu-west-1'
const away = 'us-west-2'
const says = `${away} is an additional Region of this Identity Center; permission sets are managed in its primary Region ${home}`

let center: Center
beforeEach(async () => {
  center = await centerIn(home, {
    users: [{ userName: 'taro', email: 'taro@example.com' }],
    permissionSets: [{ name: 'AdministratorAccess' }],
    assignments: [{ permissionSet: 'AdministratorAccess', account: management, user: 'taro' }],
  })
  await center.extend(away)
})

/** A session that signs in through the additional Region, as the user guide has it for a disruption of the primary one. */
function configure(desk: Desk, startUrl = `https://${instanceId}.${away}.portal.amazonaws.com`): void {
  mkdirSync(join(desk.home, '.aws'))
  writeFileSync(
    configPath(desk.home),
    `[sso-session personal]
sso_start_url = ${startUrl}
sso_region = ${away}
sso_registration_scopes = sso:account:access
[profile personal]
sso_session = personal
sso_account_id = ${management}
sso_role_name = AdministratorAccess
`,
  )
}

describe('a manifest that names an additional Region', () => {
  it.each(['plan', 'apply --yes', 'access', 'revoke taro --yes'])(
    '%s names the primary one and where to write it, and changes nothing',
    async (words) => {
      const { code, stdout, stderr } = await run(center.desk(away), words.split(' '))
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toContain(`sso.yaml:8:11  error  ${says}`)
      expect(stderr).toContain(`hint: write region: ${home} under identity_center`)
    },
  )

  it('is told the same in the JSON of a plan, and by doctor', async () => {
    const plan = JSON.parse((await run(center.desk(away), ['plan', '--json'])).stdout)
    expect(plan.diagnostics).toEqual([expect.objectContaining({ code: 'region-replica', message: says })])
    const desk = center.desk(away)
    const { checks } = JSON.parse((await run(desk, ['doctor', '--only', 'cloud', '--json'])).stdout)
    const found = checks.find(({ code }: { code: string }) => code === 'region-replica')
    expect(found).toMatchObject({ message: says, fix: { text: `write region: ${home} under identity_center` } })
  })

  it('is right once that is written', async () => {
    const desk = center.desk(away)
    const file = join(desk.work, 'sso.yaml')
    writeFileSync(file, readFileSync(file, 'utf8').replace(`region: ${away}`, `region: ${home}`))
    expect((await run(desk, ['plan', '--only', 'cloud'])).stderr).toBe('')
  })
})

describe('init', () => {
  it('goes from an additional Region to the primary one, and keeps a session that signs in through the former', async () => {
    const desk = center.desk(home)
    rmSync(join(desk.work, 'sso.yaml'))
    configure(desk)
    const before = configOf(desk.home)
    const { code, stderr } = await run(desk, ['init'], { AWS_REGION: away })
    expect(code).toBe(0)
    expect(stderr).toContain(`${says}, which was read instead`)
    const text = readFileSync(join(desk.work, 'sso.yaml'), 'utf8')
    expect(text).toContain(`region: ${home}`)
    expect(text).toContain(`start_url: https://${instanceId}.${away}.portal.amazonaws.com`)
    expect((await run(desk, ['plan', '--check'])).stdout).toContain('No changes.')
    expect((await run(desk, ['plan', '--check', '--only', 'local'])).stdout).toContain('No changes.')
    expect(configOf(desk.home)).toBe(before)
  })

  it('scans for the primary one, whichever Region shows the instance', async () => {
    const desk = center.desk(home)
    rmSync(join(desk.work, 'sso.yaml'))
    const { code, stdout, stderr } = await run(desk, ['init', '--scan', '--dry-run'], { AWS_REGION: undefined })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain(`region: ${home}`)
  })
})

it('doctor --scan sends nobody to an additional Region', async () => {
  const { stdout } = await run(center.desk('us-east-1'), ['doctor', '--scan', '--only', 'cloud', '--json'])
  const { checks } = JSON.parse(stdout)
  const found = checks.find(({ code }: { code: string }) => code === 'region-wrong')
  expect(found).toMatchObject({ message: `Identity Center is not in us-east-1 but in ${home}` })
})

describe('a session that signs in through an additional Region', () => {
  it('stays as it is where its start URL names that Region, and doctor has nothing to say', async () => {
    const desk = center.desk(home)
    configure(desk)
    const planned = JSON.parse((await run(desk, ['plan', '--only', 'local', '--json'])).stdout)
    expect(planned.operations.map(({ address }: { address: string }) => address)).toEqual(['profile/personal'])
    const { checks } = JSON.parse((await run(desk, ['doctor', '--only', 'local', '--json'])).stdout)
    expect(checks.map(({ code }: { code: string }) => code)).not.toContain('config-differs')
  })

  it('is brought home where nothing but the Region tells it', async () => {
    const desk = center.desk(home)
    configure(desk, `https://${center.store}.awsapps.com/start`)
    const { operations } = JSON.parse((await run(desk, ['plan', '--only', 'local', '--json'])).stdout)
    expect(operations[0]).toMatchObject({
      address: 'sso-session/personal',
      fields: [{ path: 'sso_region', before: away, after: home }],
    })
  })
})
