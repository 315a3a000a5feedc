import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Operation } from '../../../src/model/operation.ts'
import type { Plan } from '../../../src/model/plan.ts'
import { planHtml } from '../../../src/report/plan/html.ts'
import { prerequisiteHtml } from '../../../src/report/plan/prerequisite-html.ts'
import { chromium, domOf } from '../../access/support/chromium.ts'
import { newFolder } from '../../scenarios/e2e/support/desk.ts'
import { elementsOf, readableOf } from '../../scenarios/hostile/readers/page.ts'
import { planOf } from '../../support/planning/planning.ts'

const golden = join(import.meta.dirname, '../../golden')
const at = new Date('2026-11-22T09:30:00Z')

async function goldenPlan(folder: string): Promise<Plan> {
  const read = (file: string) => readFileSync(join(golden, folder, file), 'utf8')
  return planOf({ manifest: read('sso.yaml'), live: JSON.parse(read('live.json')) })
}

// The same plans as the other forms are held by, for whoever opens the artifact of a pipeline.
it.each(readdirSync(golden))('golden plan: %s', async (folder) => {
  const page = planHtml(await goldenPlan(folder), { flags: '', at })
  await expect(page).toMatchFileSnapshot(join(golden, folder, 'plan.html'))
})

const hostile = `"><script>document.title='broken'</script><img/src=x/onerror="document.title='broken'">&'\u202e*b*`
const long = 'w'.repeat(400)

const operations: readonly Operation[] = [
  {
    kind: 'permission-set',
    address: 'permission-set/Set',
    verb: 'update',
    reason: 'differs',
    effect: `re-provisioned ${long}`,
    fields: [
      { path: 'description', before: hostile, after: long },
      { path: 'inline_policy', before: { Sid: 'a', Action: long }, after: { Sid: hostile, Action: long } },
    ],
    needs: [],
    at: { file: 'sso.yaml', line: 4, column: 1 },
  },
  {
    kind: 'user',
    address: `user/${long}`,
    verb: 'delete',
    reason: `no longer in ${hostile}`,
    fields: [],
    needs: [],
  },
]

const plan: Plan = {
  manifest: { file: hostile, sha256: '' },
  selection: { only: ['cloud'], target: [`user/${long}`] },
  allowances: {},
  complete: true,
  thorough: false,
  operations,
  references: {},
  byHand: [
    { key: 'activated:carol', link: `https://eu-west-1.console.aws.amazon.com/${long}`, steps: [hostile, long] },
  ],
  unchanged: 3,
  access: { gained: ['carol gets Admin'], lost: [] },
  refusals: [],
  diagnostics: [
    {
      ...{ severity: 'warning', code: 'x', message: hostile, hint: long },
      at: { file: 'sso.yaml', line: 7, column: 2 },
    },
  ],
  policiesAsOf: '2026-08-26',
  requiredPolicies: [
    { name: '/Boundary', permissionSets: ['Set'], accounts: [{ id: '111122223333', label: long, uses: [] }] },
  ] as unknown as NonNullable<Plan['requiredPolicies']>,
  unmanaged: ['user/stranger', `group/${long}`],
  digest: '0123456789abcdef'.repeat(4),
}
const files = [{ name: 'aws-config', path: '/home/x/.aws/config', before: '[a]\n', after: '[a]\n\tb = 1\n' }] as const
const page = planHtml(plan, { flags: ' --only cloud', files: files as never, at })
const told = readableOf(page).join('\n')

describe('the page of a plan', () => {
  it.each([
    'Plan: 0 to create, 1 to update, 1 to delete, 1 by hand; 3 unchanged.',
    'Access: 1 grant added, 0 grants removed.',
    'made 2026-11-22 09:30 UTC',
    'This is a partial plan',
    'What policies of AWS allow is as of 2026-08-26',
    'Not checked: orphaned assignments (use --thorough)',
    'Deletes',
    'Permission sets',
    'By hand',
    'Must exist before this is applied (not looked up there)',
    'Files on this machine',
    '1 user, 1 group not in the manifest',
    'user/stranger',
    'sso-reconcile apply --expect 0123456789abcdef --only cloud',
    `Digest of this plan: ${plan.digest}`,
    'sso.yaml:7',
    'sso.yaml:4',
    '+\tb = 1',
  ])('says %s', (text) => {
    expect(told).toContain(text)
  })

  it('tells of findings, then deletes, then the rest', () => {
    const places = ['Notes', 'Deletes', 'Permission sets', 'By hand', 'Apply exactly this'].map((title) =>
      page.indexOf(`<h2>${title}</h2>`),
    )
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(places[0]).toBeGreaterThan(0)
  })

  it('has a verb or a sign wherever it has a colour', () => {
    expect(page).toMatch(/class="delete"><h3><span class="sign">-<\/span> <strong>DELETE<\/strong>/)
    expect(page).toMatch(/class="update"><h3><span class="sign">~<\/span> <strong>update<\/strong>/)
    expect(page).toMatch(/class="warning"><p><strong>warning<\/strong>: /)
    for (const [, sign = '', element = ''] of page.matchAll(/<(ins|del)>(.)/g))
      expect(element).toBe(sign === 'ins' ? '+' : '-')
    expect(page).toMatch(/<ins>\+/)
    expect(page).toMatch(/<del>-/)
  })

  it('holds no name as markup, nothing from outside, no link and no script', () => {
    expect(page).not.toMatch(/<script|<img|\u202e/)
    expect(page).not.toMatch(/<[a-z][^>]*\s(src|href|action|on\w+)=|url\(|@import/)
    const quiet = JSON.parse(JSON.stringify(plan).replaceAll(JSON.stringify(hostile).slice(1, -1), 'tame'))
    expect(elementsOf(page)).toEqual(elementsOf(planHtml(quiet, { flags: ' --only cloud', files: files as never, at })))
  })

  it('forbids the browser everything but its own style', () => {
    const [, text = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? []
    expect(page).toContain(`style-src 'sha256-${createHash('sha256').update(text).digest('base64')}'`)
    expect(page).toContain("default-src 'none'")
    expect(page).not.toContain('script-src')
  })

  it('has no command and no digest where the plan is refused, and says so before all changes', () => {
    const refusals = [{ severity: 'error', code: 'deletes', message: 'too many deletes', hint: 'look' } as const]
    const refused = planHtml({ ...plan, refusals }, { flags: '' })
    expect(refused).not.toContain('--expect')
    expect(refused).not.toContain(plan.digest)
    expect(refused).toContain('This plan is refused; the errors say why.')
    const place = refused.indexOf('<strong>error</strong>: too many deletes</p>\n<p>hint: look')
    expect(place).toBeGreaterThan(0)
    expect(place).toBeLessThan(refused.indexOf('class="warning"'))
  })

  it('says that there is no plan where something could not be read', () => {
    const none = planHtml({ ...plan, operations: [], complete: false }, { flags: '' })
    expect(none).toContain('<h1>No plan could be made; the errors say why.</h1>')
    expect(none).not.toContain('--expect')
  })

  it('of a prerequisite is whole too', () => {
    const missing = { address: 'organization', verb: 'create', reason: 'a<b', effect: 'c' } as const
    expect(prerequisiteHtml(missing)).toMatch(
      /^<!doctype html>[\s\S]*<strong>create<\/strong> <code>organization<\/code>[\s\S]*a&lt;b[\s\S]*<\/html>\n$/,
    )
  })
})

if (!chromium) process.stdout.write('skipped: the page of a plan in a browser (no chromium on this machine)\n')

describe.skipIf(!chromium)('in a browser', () => {
  it.each([1200, 900, 400])('shows all of it without scrolling sideways at %i pixels', (width) => {
    // No window is as narrow as a telephone, a frame is; the page's own policy would not let a script run in it.
    const measure = `
      const frame = document.createElement('iframe')
      frame.width = ${width}
      frame.onload = () => {
        const own = frame.contentDocument
        const wide = (one) => one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1
        const boxes = [...own.querySelectorAll('body, body *')].filter(wide).map((one) => one.outerHTML.slice(0, 80))
        document.title = JSON.stringify({ hidden: own.documentElement.scrollWidth - own.documentElement.clientWidth, boxes, window: frame.contentWindow.innerWidth })
      }
      frame.style.border = 0
      frame.srcdoc = new TextDecoder().decode(Uint8Array.from(atob('${Buffer.from(page).toString('base64')}'), (one) => one.charCodeAt(0)))
      document.body.append(frame)`
    const own = `<!doctype html><body><script>${measure}</script>`
    const folder = newFolder()
    writeFileSync(join(folder, 'page.html'), own)
    const dom = domOf(join(folder, 'page.html'), join(folder, 'profile'), width)
    const [, title = '{}'] = /<title>(.*)<\/title>/.exec(dom) ?? []
    expect(JSON.parse(title)).toEqual({ hidden: 0, boxes: [], window: width })
  })
})
