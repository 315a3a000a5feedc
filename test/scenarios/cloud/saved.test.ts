import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newCloud } from './support/cloud.ts'
import { newOffice, type Sections } from './support/office.ts'

const sections: Sections = {
  permission_sets: { A: { session_duration: '2h' }, B: {} },
  groups: { g: {} },
  local: { sso_session: 's', profiles: { p: { account: 'management', permission_set: 'A' } } },
}

async function office(manifest: Sections = sections) {
  const cloud = await newCloud()
  const here = newOffice(cloud.url)
  here.write(manifest)
  return { cloud, here }
}

/** Everything but the last lines, which say what can be done with it. */
const body = (text: string) => text.slice(0, text.indexOf('\n\nPlan: '))

describe('a saved plan', () => {
  it('says where it is and how it is applied, and is', async () => {
    const { here } = await office()
    const saved = await here.run(['plan', '-o', 'my plan.json', '--thorough'])
    expect(saved).toMatchObject({ code: 0 })
    expect(saved.stderr).toContain("Saved to my plan.json; apply it: sso-reconcile apply 'my plan.json'\n")
    const applied = await here.run(['apply', 'my plan.json', '--thorough'])
    expect(applied.code, applied.stderr).toBe(0)
    const empty = await here.run(['plan', '-o', 'my plan.json'])
    expect(empty.stderr).toContain('Saved to my plan.json; there is nothing to apply\n')
  })

  it('is shown again as it was shown, in every form, without AWS and without the manifest', async () => {
    const { here } = await office()
    const texts = await Promise.all(
      (['text', 'markdown', 'json', 'html'] as const).map(async (format) => {
        const first = await here.run(['plan', '-o', `${format}.json`, '--format', format, '--thorough'])
        const again = await here.run(['show', `${format}.json`, '--format', format, '--quiet'], {
          AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
          SSO_RECONCILE_FILE: 'there-is-none.yaml',
        })
        expect(again.code, again.stderr).toBe(0)
        return [first.stdout, again.stdout] as const
      }),
    )
    const [text, markdown, json, html] = texts
    expect(body(text?.[1] ?? '')).toBe(body(text?.[0] ?? ''))
    expect(text?.[1]).toMatch(/^Plan: 5 to create/m)
    expect(markdown?.[1]).toContain('permission-set/A')
    // It does not say when it was made, nor how thoroughly; the digest is of the changes.
    const asSaved = (page: string) =>
      page
        .replace(/, (?:made )?\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, '')
        .replace(/ --thorough$|(?<=\w) --thorough(?=<)/m, '')
    expect(html?.[1]).toBe(asSaved(html?.[0] ?? ''))
    expect(html?.[1]).toMatch(/<pre>sso-reconcile apply --expect [0-9a-f]{16}<\/pre>/)
    expect(markdown?.[1]).toMatch(/```sh\nsso-reconcile apply --expect [0-9a-f]{16}\n```/)
    expect(html?.[1]).toMatch(/^<!doctype html>[\s\S]*<h1>Plan: 5 to create[\s\S]*<\/html>\n$/)
    expect(JSON.parse(json?.[1] ?? '')).toEqual(JSON.parse(json?.[0] ?? ''))
  })

  it('is shown with what it selects and allows in the command that applies it, and as refused where it is', async () => {
    const { here } = await office()
    const words = ['plan', '--only', 'cloud', '--max-deletes', '3']
    await here.run([...words, '-o', 'p.json'])
    const page = await here.run(['show', 'p.json', '--format', 'markdown'])
    expect(page.stdout).toMatch(/^sso-reconcile apply --expect [0-9a-f]{16} --only cloud --max-deletes 3$/m)
    here.write({
      ...sections,
      permission_sets: { A: { managed_policies: ['ReadOnlyAccess'] } },
      assignments: [{ groups: ['g'], permission_sets: ['A'], accounts: ['management'] }],
    })
    const refused = await here.run(['plan', '--deny-new', 's3:*', '--json'])
    expect(refused.code).toBe(1)
    writeFileSync(join(here.desk.work, 'r.json'), refused.stdout)
    const shown = await here.run(['show', 'r.json'])
    expect([shown.code, shown.stderr]).toEqual([
      0,
      'This is the saved plan, made from sso.yaml; it is refused, so it cannot be applied\n',
    ])
  })

  it('that was refused, or is none, is not there', async () => {
    const { here } = await office({ permission_sets: {}, groups: { g: { was: 'nothing' } } })
    const refused = await here.run(['plan', '-o', 'p.json', '--target', 'user/nobody'])
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('Not saved to p.json: this plan is incomplete.')
    expect(existsSync(join(here.desk.work, 'p.json'))).toBe(false)
    const none = await here.run(['show', 'p.json'])
    expect(none.code).toBe(1)
    expect(none.stderr).toContain('p.json does not exist; expected a plan saved by')
  })

  it('that is stale is refused with what came, what went and what is different', async () => {
    const { here } = await office()
    await here.run(['plan', '-o', 'p.json'])
    here.write({ ...sections, permission_sets: { A: { session_duration: '4h' }, C: {} } })
    const { code, stderr } = await here.run(['apply', 'p.json'])
    expect(code).toBe(1)
    expect(stderr).toContain('sso.yaml has changed since p.json was made')
    expect(stderr).toContain('new since then: create permission-set/C')
    expect(stderr).toContain('no longer needed: create permission-set/B')
    expect(stderr).toContain('different now: create permission-set/A')
  })
})

describe('with CI set', () => {
  const said = 'CI is set, so this machine is left out; --only cloud,local includes it.'

  it('plan and apply leave this machine out, and say so; the suggested command means the same elsewhere', async () => {
    const { here } = await office()
    const planned = await here.run(['plan', '--check'], { CI: 'true' })
    expect(planned.code).toBe(2)
    expect(planned.stderr).toContain(said)
    expect(planned.stdout).not.toContain('profile/p')
    const [, digest = ''] = /--expect (\w+) --only cloud/.exec(planned.stdout) ?? []
    const applied = await here.run(['apply', '--expect', digest, '--only', 'cloud'])
    expect(applied.code, applied.stderr).toBe(0)
    const again = await here.run(['plan', '--check'], { CI: 'true' })
    expect(again.code, again.stdout).toBe(0)
    const yes = await here.run(['apply', '--yes'], { CI: 'true' })
    expect(yes.stderr).toContain(said)
    expect(existsSync(join(here.desk.home, '.aws'))).toBe(false)
  })

  it.each([[['--only', 'cloud,local']], [['--only', 'local']], [['--target', 'profile/p']]])(
    'this machine is taken in by %j',
    async (words) => {
      const { here } = await office()
      await here.run(['apply', '--yes', '--only', 'cloud'])
      const { stdout, stderr } = await here.run(['plan', ...words], { CI: 'true' })
      expect(stdout).toContain('profile/p')
      expect(stderr).not.toContain(said)
    },
  )

  it('a manifest that is about this machine alone stays one, and a plan that was saved elsewhere is applied as a whole', async () => {
    const { here } = await office({
      identity_center: { region: 'us-east-1', start_url: 'https://example.awsapps.com/start' },
      accounts: { management: '111122223333' },
      local: sections.local,
    })
    const alone = await here.run(['plan'], { CI: 'true' })
    expect(alone.stdout).toContain('profile/p')
    const { here: other } = await office()
    await other.run(['plan', '-o', 'p.json'])
    const { code, stderr } = await other.run(['apply', 'p.json'], { CI: 'true' })
    expect(code, stderr).toBe(0)
    expect(existsSync(join(other.desk.home, '.aws', 'config'))).toBe(true)
  })
})
