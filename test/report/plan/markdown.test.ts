import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { kinds } from '../../../src/kinds/index.ts'
import type { Operation } from '../../../src/model/operation.ts'
import type { Plan } from '../../../src/model/plan.ts'
import { code, fenced, inline } from '../../../src/report/markdown.ts'
import { fieldDiff } from '../../../src/report/plan/fields-diff.ts'
import { characterLimit, marker, planMarkdown } from '../../../src/report/plan/markdown.ts'
import { planOf } from '../../support/planning/planning.ts'

const golden = join(import.meta.dirname, '../../golden')

// The same plans as the other forms are held by, for a pull request.
it.each(readdirSync(golden))('golden plan: %s', async (folder) => {
  const read = (file: string) => readFileSync(join(golden, folder, file), 'utf8')
  const plan = await planOf({ manifest: read('sso.yaml'), live: JSON.parse(read('live.json')) })
  const page = planMarkdown(plan, { flags: '' })
  expect(page.split('\n')[0]).toBe(marker)
  await expect(page).toMatchFileSnapshot(join(golden, folder, 'plan.md'))
})

it.each([
  ['a|b', 'a\\|b'],
  ['*bold* _it_ ~no~', '\\*bold\\* \\_it\\_ \\~no\\~'],
  ['<b>&amp;', '\\<b\\>\\&amp;'],
  ['[x](https://evil)', '\\[x\\](https:&#8203;//evil)'],
  ['two\nlines', 'two\\u{a}lines'],
  ['- item', '\\- item'],
  ['1. one', '1&#8203;. one'],
  ['back\\slash \\', 'back\\slash \\\\'],
])('shows %j as it is', (text, markdown) => {
  expect(inline(text)).toBe(markdown)
})

it.each([
  ['permission-set/Admin', '`permission-set/Admin`'],
  ['user/山田太郎', '`user/山田太郎`'],
  ['user/a|b', '<code>user/a\\|b</code>'],
  ['user/`a`', '<code>user/\\`a\\`</code>'],
  ['user/<b>', '<code>user/\\<b\\></code>'],
])('shows %j as code', (text, markdown) => {
  expect(code(text)).toBe(markdown)
})

it('fences with more ticks than the text has', () => {
  expect(fenced('diff', ['+ ````', '+ ok'])).toEqual(['`````diff', '+ ````', '+ ok', '`````'])
})

it.each([
  [
    'a change',
    { path: 'session_duration', before: '1h', after: '8h' },
    ['- session_duration: 1h', '+ session_duration: 8h'],
  ],
  ['what is taken away', { path: 'title', before: 'Boss' }, ['- title: Boss']],
  ['a text of two lines', { path: 'description', after: 'two\nlines' }, ['+ description: two\\u{a}lines']],
  [
    'what differs between two lists',
    { path: 'managed_policies', before: ['A', 'B'], after: ['B', 'C'] },
    ['- managed_policies: A', '+ managed_policies: C'],
  ],
  [
    'accounts with an older version',
    { path: 'outdated_in', before: ['111122223333'] },
    ['  an older version is in 1 account'],
  ],
  [
    'an object',
    { path: 'permissions_boundary', after: { managed_policy: 'ViewOnlyAccess' } },
    ['  permissions_boundary:', '+   {', '+     "managed_policy": "ViewOnlyAccess"', '+   }'],
  ],
])('shows %s as a diff', (_what, field, lines) => {
  expect(fieldDiff(field, kinds['permission-set'])).toEqual(lines)
})

function operation(index: number, verb: 'create' | 'delete'): Operation {
  return {
    kind: 'permission-set',
    address: `permission-set/Set${index}`,
    verb,
    reason: 'no longer in sso.yaml',
    fields: [{ path: 'description', after: `${'long '.repeat(20)}${index}` }],
    needs: [],
  }
}

function planOfMany(operations: readonly Operation[], more: Partial<Plan> = {}): Plan {
  return {
    manifest: { file: 'sso.yaml', sha256: '' },
    selection: {},
    allowances: {},
    complete: true,
    thorough: true,
    operations,
    references: {},
    byHand: [],
    unchanged: 0,
    access: { gained: [], lost: [] },
    refusals: [],
    diagnostics: [],
    unmanaged: [],
    digest: '0123456789abcdef'.repeat(4),
    ...more,
  }
}

describe('a plan too large for a comment', () => {
  const creates = Array.from({ length: 2_000 }, (_, index) => operation(index, 'create'))
  const page = planMarkdown(planOfMany([...creates, operation(9_999, 'delete')]), { flags: ' --only cloud' })

  it('is cut below the limit, and what is left out is counted', () => {
    expect(page.length).toBeLessThanOrEqual(characterLimit)
    const rows = page.split('\n').filter((line) => line.startsWith('| `')).length
    expect(page).toContain(`… and ${2_001 - rows} more changes, left out for length`)
  })

  it('still has its counts, its deletes and the command to apply it', () => {
    expect(page).toContain('Plan: 2000 to create, 0 to update, 1 to delete; 0 unchanged.')
    expect(page.split('\n').find((line) => line.startsWith('| `'))).toContain('`permission-set/Set9999` | **DELETE**')
    expect(page).toContain('sso-reconcile apply --expect 0123456789abcdef --only cloud')
  })

  it('leaves no part open', () => {
    expect(page.match(/<details>/g)?.length ?? 0).toBe(page.match(/<\/details>/g)?.length ?? 0)
    expect((page.match(/^```/gm) ?? []).length % 2).toBe(0)
  })
})

it('has no command to apply a plan that is refused', () => {
  const refusals = [{ severity: 'error', code: 'deletes', message: 'too many deletes', hint: 'look' } as const]
  const page = planMarkdown(planOfMany([operation(1, 'delete')], { refusals }), { flags: '' })
  expect(page).toContain('#### Refused: this plan cannot be applied\n\n- error: too many deletes<br>hint: look')
  expect(page).not.toContain('--expect')
})
