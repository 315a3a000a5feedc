import { listed } from '../../../text/list.ts'

/** Where the texts of AWS-managed policies come from. */
export interface PolicySource {
  /** AWS itself, the list that comes with this version, or both. */
  readonly source: 'aws' | 'list' | 'both'
  /** The moment at which AWS was asked; the day of the list, as 2026-11-22, where anything is from there. */
  readonly as_of: string
  /** Names of the policies that are from the list. */
  readonly from_list: readonly string[]
}

/** How new the policies are, in one sentence. */
export function sourceWords({ source, as_of, from_list }: PolicySource): string {
  const list = `as of ${as_of}, the day of the list that comes with this version`
  if (source === 'list' && from_list.length === 0) return 'AWS showed none of its policies.'
  if (source === 'list') return `AWS-managed policies ${list}.`
  const rest = from_list.length > 0 ? `; ${listed(from_list)} ${list}` : ''
  return `Policies as AWS has them now${rest}.`
}
