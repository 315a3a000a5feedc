import { unreadIssuers } from '../../access/token-issuers.ts'
import { type Address, nameOf } from '../../model/address.ts'
import { type Entry, sortedEntries } from '../../model/state.ts'
import type { Adoption, Drafting } from '../adoption.ts'
import { draftedRows, type Row, refusedRow, sectionSize } from '../shared/adopt-rows.ts'
import { whyUnsayable, writtenIssuer } from './written.ts'

/** Every trusted token issuer that a manifest can say and that no other one manages. */
export const adoptIssuers: Adoption = {
  section: 'trusted_token_issuers',
  count: (manifest) => [sectionSize(manifest.trusted_token_issuers), 'trusted token issuer', 'trusted token issuers'],
  comment: () => ['Identity providers whose tokens applications may accept for users.'],
  refused: (refused) =>
    refusedRow('trusted-token-issuer', refused, () => false).map((one) => ({ ...one, treatment: 'out' as const })),

  draft(drafting) {
    const { covers, ...live } = drafting.found.live
    const rows = sortedEntries(live['trusted-token-issuer']).map(([at, entry]) => rowOf(at, entry, drafting))
    const refused = covers.refused.get(unreadIssuers)
    const drafted = draftedRows('trusted_token_issuers', rows)
    // An empty section would delete what carries the mark of this manifest.
    const isEmpty = sectionSize(drafted.value) === 0
    return {
      ...drafted,
      value: isEmpty ? undefined : drafted.value,
      ignore: isEmpty ? [] : leftOut(rows, drafting.found),
      left: [...drafted.left, ...(refused ? [`${unreadIssuers}: ${refused.message}`] : [])],
    }
  },
}

/** Names of those that the section leaves out, which are neither reported then nor deleted. */
function leftOut(rows: readonly Row[], { live }: Drafting['found']): readonly string[] {
  const all = sortedEntries(live['trusted-token-issuer'])
  const names = rows.flatMap(({ value }, index) => {
    const [at, entry] = all[index] ?? []
    return value || at === undefined ? [] : [entry?.spec.name ?? nameOf(at)]
  })
  return [...new Set(names)].sort()
}

function rowOf(at: Address, entry: Entry<'trusted-token-issuer'>, { found, verdicts }: Drafting): Row {
  const { spec, mark } = entry
  const name = spec.name ?? nameOf(at)
  const isOthers = mark !== undefined && mark !== found.facts.owner
  const others = isOthers ? `managed by another manifest (${mark})` : undefined
  const why = verdicts.get(at)?.why ?? whyUnsayable(nameOf(at), entry) ?? others
  if (why !== undefined) return { left: [`trusted token issuer ${name}: ${why}`] }
  return { name, value: writtenIssuer(spec) }
}
