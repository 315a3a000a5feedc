import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roleOfSet, rolePattern } from '../../src/access/role-arn.ts'
import { roleReport, withRoles } from '../../src/access/roles.ts'
import { partitionOf } from '../../src/model/partition.ts'
import { matchesWildcards } from '../../src/policies/wildcards.ts'
import { accessCsv } from '../../src/report/access/csv.ts'
import { accessMarkdown } from '../../src/report/access/markdown.ts'
import { roleLines } from '../../src/report/access/roles.ts'
import { accessText } from '../../src/report/access/text.ts'
import { accessIn, factsOfSmall, stateOf } from './support/world.ts'

const account = '111122223333'

/** The ARN of the role of a set, written out here for comparison. */
function arnOf(set: string, region: string, suffix = '0123456789abcdef'): string {
  const below = region === 'us-east-1' ? '' : `${region}/`
  return `arn:${partitionOf(region)}:iam::${account}:role/aws-reserved/sso.amazonaws.com/${below}AWSReservedSSO_${set}_${suffix}`
}

describe('the pattern of a role', () => {
  it.each([
    ['us-east-1', `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_????????????????`],
    [
      'eu-west-2',
      `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/eu-west-2/AWSReservedSSO_Admin_????????????????`,
    ],
    [
      'cn-north-1',
      `arn:aws-cn:iam::${account}:role/aws-reserved/sso.amazonaws.com/cn-north-1/AWSReservedSSO_Admin_????????????????`,
    ],
    [
      'us-gov-east-1',
      `arn:aws-us-gov:iam::${account}:role/aws-reserved/sso.amazonaws.com/us-gov-east-1/AWSReservedSSO_Admin_????????????????`,
    ],
  ])('has the path of %s', (region, pattern) => {
    expect(rolePattern(account, 'Admin', { region })).toBe(pattern)
  })

  it('is in the partition that the instance is in', () => {
    const instance = { arn: 'arn:aws-iso:sso:::instance/ssoins-1', identity_store_id: 'd-1', region: 'r', account }
    expect(rolePattern(account, 'Admin', { region: 'us-iso-east-1', instance })).toMatch(/^arn:aws-iso:iam::/)
  })

  it.each(['arn:aws:sso:::permissionSet/ssoins-1/ps-1', 'Ad*', 'A?', '', 'a b', 'あ', 'x'.repeat(33)])(
    'is not known for what is no name of a set: %j',
    (set) => expect(rolePattern(account, set, { region: 'eu-west-1' })).toBeNull(),
  )

  const name = fc.stringMatching(/^[A-Za-z0-9+=,.@_-]{1,32}$/)
  const suffix = fc.stringMatching(/^[0-9a-f]{16}$/)
  const region = fc.constantFrom('us-east-1', 'eu-west-1', 'cn-north-1', 'us-gov-west-1')

  it('matches the roles of its own set, whatever their suffix, and of no other set, account or Region', () => {
    const pair = fc.oneof(
      fc.tuple(name, name),
      // Names that begin with another one are what a star would take in.
      fc
        .tuple(name, fc.stringMatching(/^[0-9a-f]{1,16}$/))
        .map(([one, more]): [string, string] => [one, `${one}_${more}`]),
    )
    fc.assert(
      fc.property(pair, suffix, region, region, ([one, other], digits, here, there) => {
        const pattern = rolePattern(account, one, { region: here }) ?? ''
        const isSame = one === other && here === there
        expect(matchesWildcards(pattern, arnOf(other, there, digits))).toBe(isSame && pattern !== '')
        expect(matchesWildcards(pattern, arnOf(one, here, digits).replace(account, '999999999999'))).toBe(false)
      }),
    )
  })

  it('and the reading of ARNs belong together', () => {
    fc.assert(
      fc.property(name, suffix, region, (set, digits, here) => {
        expect(roleOfSet(arnOf(set, here, digits))).toMatchObject({ account, set })
      }),
    )
  })

  it.each([
    'arn:aws:iam::111122223333:role/Deploy',
    'arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_0123456789abcdef',
    'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123',
    'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/a/b/AWSReservedSSO_Admin_0123456789abcdef',
    'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_A\u001b_0123456789abcdef',
  ])('what is no role of a permission set is left aside: %j', (arn) => expect(roleOfSet(arn)).toBeUndefined())
})

const world = {
  users: ['taro'],
  groups: { empty: [] },
  sets: { Admin: '8h', Read: '1h', Idle: '1h' },
  accounts: { [account]: 'home', '444455556666': '開発' },
  assignments: ['Admin user taro', 'Read user taro 444455556666', 'Read group empty', 'Read user 9067-gone'],
}
const region = 'eu-west-1'
const facts = factsOfSmall(world)
const state = stateOf(world)
const told = (arns: readonly string[], sets?: readonly string[], over: Partial<typeof state> = {}) => {
  const read = { account, arns }
  const access = withRoles(accessIn(world), read, facts)
  const report = roleReport(access, { read, state: { ...state, ...over }, facts, sets })
  return { access, roles: { ...report, profiles: new Map<string, string>(), flags: '' } }
}

describe('roles that IAM tells', () => {
  it('stand in the rows of their account, of orphans and empty groups too', () => {
    const { access, roles } = told([arnOf('Admin', region), arnOf('Read', region, 'ffffffffffffffff')])
    expect(access.rows.map((row) => [row.user, row.account, row.role_arn])).toEqual([
      ['taro', account, arnOf('Admin', region)],
      ['taro', '444455556666', null],
      ['9067-gone', account, arnOf('Read', region, 'ffffffffffffffff')],
    ])
    expect(access.idle[0]?.role_arn).toBe(arnOf('Read', region, 'ffffffffffffffff'))
    expect(roles).toMatchObject({ unclear: [], unassigned: [], elsewhere: [{ account: '444455556666' }] })
  })

  it('are not taken for known where there are two, or none, and a report says so', () => {
    const two = [arnOf('Admin', region), arnOf('Admin', region, 'ffffffffffffffff')]
    const { access, roles } = told(two)
    expect(access.rows.map(({ role_arn }) => role_arn)).toEqual([null, null, null])
    expect(roles.unclear).toEqual([
      { permission_set: 'Admin', roles: 2 },
      { permission_set: 'Read', roles: 0 },
    ])
    expect(roleLines(roles).slice(0, 2)).toEqual([
      `IAM of home (${account}) has no role yet of Read.`,
      `IAM of home (${account}) has more than one role of Admin: run this again in a few minutes.`,
    ])
  })

  it('are named where no assignment accounts for them, and why', () => {
    const arns = ['Idle', 'Gone', 'Read', 'Admin'].map((set) => arnOf(set, region))
    const far = arnOf('Admin', 'us-east-1')
    const { roles } = told([...arns, far, 'arn:aws:iam::111122223333:role/Deploy'])
    expect(roles.unassigned).toEqual([
      { role_arn: arns[0], reason: 'Idle is not assigned there' },
      { role_arn: arns[1], reason: 'there is no permission set Gone' },
      { role_arn: far, reason: 'of an Identity Center in another Region' },
    ])
    expect(roleLines(roles)[0]).toMatch(/^Roles in home \(111122223333\) that no assignment accounts for: arn:/)
    expect(told([...arns, far], ['Read']).roles.unassigned).toEqual([])
  })

  it('are not called unassigned where orphaned assignments were not looked for', () => {
    const covers = { ...state.covers, sets: new Set<never>(), accounts: new Set<string>(), principals: 'all' as const }
    expect(told([arnOf('Idle', region)], undefined, { covers }).roles.unassigned).toEqual([])
  })

  it('of another account that a server makes up are none of this one', () => {
    const other = arnOf('Admin', region).replace(account, '999999999999')
    expect(told([other]).access.rows.map(({ role_arn }) => role_arn)).toEqual([null, null, null])
  })
})

describe('reports with roles', () => {
  const { access, roles } = told([arnOf('Admin', region), arnOf('Read', region)])
  const notChecked = { applications: 0 }

  it('have no line that is wider than a narrow terminal but for ARNs and commands', () => {
    const lines = accessText(access, notChecked, { width: 60, color: false, roles }).split('\n')
    const wide = lines.filter((line) => line.length > 60 && !/^ +arn:/.test(line))
    expect(wide).toEqual([])
    expect(lines.filter((line) => /^ +arn:/.test(line))).toHaveLength(4)
  })

  it('are a table with a column where there is room', () => {
    const [head, first] = accessText(access, notChecked, { width: 240, color: false, roles }).split('\n')
    expect(head).toMatch(/^User +Account +Permission set +Session +Via +Role ARN$/)
    expect(first).toMatch(/direct +arn:aws:iam::111122223333:\S+ +administrator$/)
  })

  it('keep a pattern in one piece of code in Markdown', () => {
    const text = accessMarkdown(access, notChecked, { roles })
    expect(text).toContain(`\`${rolePattern('444455556666', 'Read', { region })}\``)
    expect(text.match(/\| Role ARN \|/g)).toHaveLength(1)
  })

  it('have both columns in CSV, and neither where nobody asked', () => {
    const pattern = rolePattern(account, 'Admin', { region })
    expect(accessCsv(access, roles).split('\r\n')[1]).toMatch(
      new RegExp(`,${arnOf('Admin', region)},arn:[^,]+_\\?{16}$`),
    )
    expect(accessCsv(access, roles)).toContain(`,${pattern}\r\n`)
    expect(accessCsv(access)).not.toContain('arn:')
  })

  it('name a profile that there is, quoted, and never one that orders a log about', () => {
    const withProfile = (name: string) => {
      const text = accessText(access, notChecked, {
        width: 100,
        color: false,
        roles: { ...roles, profiles: new Map([['444455556666', name]]) },
      })
      return text.replaceAll('\n', ' ')
    }
    expect(withProfile('dev')).toContain('--profile dev ')
    expect(withProfile("o'k x")).toContain(`--profile 'o'\\''k x'`)
    expect(withProfile('\u001b[2J')).not.toContain('\u001b')
    expect(withProfile('')).toContain("--profile '' ")
  })
})
