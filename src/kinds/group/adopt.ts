import { type Address, address, membershipAddress, nameOf } from '../../model/address.ts'
import { grouped } from '../../model/grouped.ts'
import type { Entry } from '../../model/state.ts'
import { sortedEntries } from '../../model/state.ts'
import { type Adoption, type Drafting, type Found, type Verdicts, withoutKey } from '../adoption.ts'
import { draftedRows, holdsExternal, type Row, refusedRow, remarks, sectionSize } from '../shared/adopt-rows.ts'
import { foreign, patterns } from '../shared/foreign.ts'

/** Every group that is not kept by somebody else, with its members. */
export const adoptGroups: Adoption = {
  section: 'groups',
  count: (manifest) => [sectionSize(manifest.groups), 'group', 'groups'],
  comment: (section) =>
    holdsExternal(section) ? ['Groups with external: true are looked up by name, never changed.'] : [],
  refused: (refused) => refusedRow('group', refused, (key) => key !== 'external'),

  draft({ found, verdicts }: Drafting) {
    const { groups: taken } = foreign(found)
    const all = sortedEntries(found.live.group).filter(([at]) => !taken.has(nameOf(at)))
    const members = membersByGroup(found)
    const rows = all.map(([at, entry]) => rowOf(at, entry, { found, verdicts, members }))
    const drafted = draftedRows('groups', rows)
    return {
      ...drafted,
      others: [...taken].map(([name, why]) => `group ${name}: ${why}`),
      ignore: patterns([...taken.keys()], Object.keys(drafted.value)),
    }
  },
}

interface Around extends Pick<Drafting, 'found' | 'verdicts'> {
  readonly members: ReadonlyMap<string, readonly string[]>
}

function rowOf(at: Address, entry: Entry<'group'>, { found, verdicts, members }: Around): Row {
  const name = nameOf(at)
  const verdict = verdicts.get(at)
  if (verdict?.treatment === 'out') return { left: [`group ${name}: ${verdict.why}`] }
  const referred = found.handover?.referred.has(at)
  if (entry.provisioned || referred || verdict) return { name, value: { external: true }, why: verdict?.why }
  const { description } = entry.spec
  const people = members.get(name) ?? []
  const unsaid = people.filter((user) => !sayable(user, found, verdicts))
  const value = {
    ...(description === undefined || withoutKey(verdicts, at, 'description') ? {} : { description }),
    ...(unsaid.length > 0 || withoutKey(verdicts, at, 'members') ? {} : { members: people }),
  }
  const why =
    unsaid.length > 0
      ? `members are left alone: ${unsaid.join(', ')} cannot be named in this file`
      : membersBeside(name, people, found)
  return { name, value, why, ...remarks(at, entry, verdicts) }
}

/** Members that another program did not manage, in words. */
function membersBeside(group: string, people: readonly string[], { handover }: Found): string | undefined {
  const beside = people.filter((user) => handover?.outside.has(membershipAddress(group, user)))
  return beside.length > 0 ? `not in ${handover?.from}: ${beside.join(', ')}` : undefined
}

/** True for a user that the manifest declares. */
function sayable(user: string, { live }: Found, verdicts: Verdicts): boolean {
  const at = address('user', user)
  return live.user.has(at) && verdicts.get(at)?.treatment !== 'out'
}

function membersByGroup({ live }: Found): ReadonlyMap<string, readonly string[]> {
  const memberships = [...live.membership.values()].map(({ spec }) => [spec.group, spec.user] as const)
  return grouped(memberships.sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0)))
}
