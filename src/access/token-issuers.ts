import { nameOf } from '../model/address.ts'
import { type State, sortedEntries } from '../model/state.ts'

/** By what a state names the reason why trusted token issuers could not be read. */
export const unreadIssuers = 'trusted token issuers'

/** An identity provider whose tokens applications may accept for users. */
export interface TokenIssuer {
  readonly name: string
  readonly arn: string
  readonly issuer_url: string
  /** Claim of a token, and attribute of the user that has to equal it. */
  readonly claim: string
  readonly attribute: string
  /** What AWS calls a type that is unknown here; absent for the one that is known. */
  readonly type?: string
}

/** The trusted token issuers of an instance, or why they could not be read. */
export interface TokenIssuers {
  readonly issuers: readonly TokenIssuer[]
  readonly unread?: string
}

/** The trusted token issuers of a state, by name. Pure. */
export function tokenIssuersOf(state: State): TokenIssuers {
  const unread = state.covers.refused.get(unreadIssuers)?.message
  const issuers = sortedEntries(state['trusted-token-issuer']).map(([at, { spec, ref = '' }]) => {
    const { name = nameOf(at), issuer_url, claim, attribute, type } = spec
    return { name, arn: ref, issuer_url, claim, attribute, ...(type === undefined ? {} : { type }) }
  })
  return { issuers, ...(unread === undefined ? {} : { unread }) }
}
