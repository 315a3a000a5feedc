import { type Address, nameOf } from '../../model/address.ts'
import { canonical, filled, isObject, type Json, type JsonObject } from '../../model/json.ts'
import type { State } from '../../model/state.ts'
import { samePolicy } from '../../policies/document.ts'
import { listOf, textOf } from './claim.ts'
import { issuerRow } from './issuer-row.ts'
import type { Match } from './match.ts'
import { setRow } from './set-row.ts'
import { userAttribute, userRow } from './user-row.ts'

/** Something that is otherwise in AWS than a state says, or that only AWS has. */
export interface Difference {
  readonly at: Address
  readonly field: string
  /** As the state has it; absent where it does not say anything of it, or may not be shown. */
  readonly state?: string
  /** As AWS has it; absent where it has nothing, or it may not be shown. */
  readonly live?: string
}

/** In what a thing differs, by things that Terraform manages itself. What AWS lost as a whole is not among it. Pure. */
export function differencesOf(matches: readonly Match[], live: State): readonly Difference[] {
  const there = matches.filter(({ apart, at }) => apart === undefined && at !== undefined)
  return there.flatMap((match) => {
    const { subject, at } = match
    if (!subject || !at || match.gone) return []
    if (subject.kind === 'user') return userDifferences(match, at, live)
    if (subject.kind === 'group') return groupDifferences(match, at, live)
    if (subject.kind === 'set') return setDifferences(match, at, there, live)
    if (subject.kind === 'issuer') return issuerDifferences(match, at, live)
    if (subject.kind === 'application') return applicationDifferences(match, at, live)
    return subject.kind === 'attributes' ? attributeDifferences(match, at, live) : []
  })
}

function userDifferences({ resource: { values, sensitive } }: Match, at: Address, live: State): readonly Difference[] {
  // The resource does not know these.
  const { website: _website, birthdate: _birthdate, ...known } = live.user.get(at)?.spec ?? {}
  const before = { user_name: textOf(values, 'user_name') ?? '', ...userRow(values) }
  return compared(at, before, { user_name: nameOf(at), ...known }, (field) => sensitive.has(userAttribute(field)))
}

function groupDifferences({ resource: { values, sensitive } }: Match, at: Address, live: State): readonly Difference[] {
  const before = filled({ display_name: values.display_name, description: values.description })
  const after = { display_name: nameOf(at), ...live.group.get(at)?.spec }
  return compared(at, before, after, (field) => sensitive.has(field))
}

function setDifferences({ resource: { values, sensitive } }: Match, at: Address, all: readonly Match[], live: State) {
  const own = all.filter((one) => one.at === at)
  const parts = own.flatMap(({ subject }) => (subject?.kind === 'part' ? [subject.part] : []))
  const { revoked: _revoked, outdated_in: _outdated, ...after } = live['permission-set'].get(at)?.spec ?? {}
  // Attributes of parts that may hold a secret are called as the field is.
  const hidden = new Set([...sensitive, ...own.flatMap(({ resource }) => [...resource.sensitive])])
  const isHidden = (field: string) => hidden.has(field) || (field === 'tags' && hidden.has('tags_all'))
  return compared(at, setRow(values, parts), after, isHidden)
}

function attributeDifferences({ resource: { values } }: Match, at: Address, live: State): readonly Difference[] {
  const rows = listOf(values, 'attribute').filter(isObject)
  const sources = rows.map((row) => {
    const [value] = listOf(row, 'value').filter(isObject)
    return [textOf(row, 'key') ?? '', String((value && listOf(value, 'source')[0]) ?? '')] as const
  })
  const after = live['access-control-attributes'].get(at)?.spec.attributes ?? {}
  return compared(at, Object.fromEntries(sources), after, () => false)
}

function applicationDifferences({ resource: { values } }: Match, at: Address, live: State): readonly Difference[] {
  const { assignment_required } = live.application.get(at)?.spec ?? {}
  return compared(
    at,
    filled({ assignment_required: values.assignment_required }),
    filled({ assignment_required }),
    () => false,
  )
}

function issuerDifferences(
  { resource: { values, sensitive } }: Match,
  at: Address,
  live: State,
): readonly Difference[] {
  const { name = nameOf(at), ...rest } = live['trusted-token-issuer'].get(at)?.spec ?? {}
  const before = { name: textOf(values, 'name') ?? '', ...issuerRow(values) }
  const inside = ['issuer_url', 'claim', 'attribute']
  const isHidden = (field: string) =>
    sensitive.has(field) ||
    (inside.includes(field) && sensitive.has('trusted_token_issuer_configuration')) ||
    (field === 'tags' && sensitive.has('tags_all'))
  return compared(at, before, { name, ...rest }, isHidden)
}

/** Fields that differ; of lists, each member that only one side has. Values of hidden fields are not told. */
function compared(
  at: Address,
  before: JsonObject,
  after: JsonObject,
  hidden: (field: string) => boolean,
): readonly Difference[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return fields.flatMap((field): readonly Difference[] => {
    const [a, b] = [before[field], after[field]]
    if (isSame(field, a, b)) return []
    if (hidden(field)) return [{ at, field }]
    if (!Array.isArray(a ?? b)) return [{ at, field, ...side('state', a, field), ...side('live', b, field) }]
    const [left, right] = [members(a), members(b)]
    return [
      ...left.filter((one) => !right.includes(one)).map((state) => ({ at, field, state })),
      ...right.filter((one) => !left.includes(one)).map((live) => ({ at, field, live })),
    ]
  })
}

function isSame(field: string, a: Json | undefined, b: Json | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return field === 'inline_policy' ? samePolicy(a, b) : canonical(a) === canonical(b)
}

function side(key: 'state' | 'live', value: Json | undefined, field: string): Partial<Difference> {
  if (value === undefined) return {}
  // Nobody reads a policy in a line.
  if (field === 'inline_policy') return { [key]: key === 'state' ? 'one policy' : 'another policy' }
  return { [key]: typeof value === 'string' ? value : JSON.stringify(value) }
}

function members(list: Json | undefined): readonly string[] {
  return Array.isArray(list) ? list.map(String) : []
}
