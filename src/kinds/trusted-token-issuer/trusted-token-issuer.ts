import type { Manifest } from '../../manifest/types.ts'
import { address, nameOf } from '../../model/address.ts'
import type { TrustedTokenIssuerSpec } from '../../model/specs.ts'
import type { CloudKind } from '../kind.ts'
import { has } from '../shared/declares.ts'
import { withPosition } from '../shared/desired.ts'
import { ignoredBy, isIgnored } from '../shared/ignore-names.ts'
import { adoptIssuers } from './adopt.ts'
import { reasonToDelete } from './goes.ts'
import { observeIssuers } from './live-issuers.ts'
import { problemsOf } from './problems.ts'
import { takeIssuers } from './take.ts'
import { effectOf, words } from './words.ts'
import { createIssuer, deleteIssuer, updateIssuer } from './write.ts'

/**
 * Identity providers whose tokens applications may take for users of Identity Center (trusted identity propagation). Which applications
 * trust one is said by the application, which names it by its ARN. Source: IAM Identity Center User Guide, "Using applications with a
 * trusted token issuer".
 */
export const trustedTokenIssuer: CloudKind<'trusted-token-issuer'> = {
  name: 'trusted-token-issuer',
  side: 'cloud',
  title: 'Trusted token issuers',
  summary: 'identity providers whose tokens applications may accept for users',
  sections: ['trusted_token_issuers', 'absent.trusted_token_issuers'],
  after: [],
  addressSays: 'name',
  complete: true,
  maps: ['tags'],
  words,
  ignore: {
    ...ignoredBy('trusted_token_issuers'),
    names: (at, { spec }, manifest) =>
      [nameOf(at), spec.name].some((name) => name !== undefined && isIgnored(manifest, 'trusted_token_issuers', name)),
  },
  adopt: adoptIssuers,
  takesLive: takeIssuers,
  operations: {
    // A report about access tells of all.
    ListTrustedTokenIssuers: 'always',
    DescribeTrustedTokenIssuer: 'always',
    ListTagsForResource: 'always',
    CreateTrustedTokenIssuer: declares,
    UpdateTrustedTokenIssuer: declares,
    TagResource: declares,
    UntagResource: declares,
    DeleteTrustedTokenIssuer: ({ trusted_token_issuers, absent }) =>
      trusted_token_issuers !== undefined || has(absent?.trusted_token_issuers),
  },

  desired: (loaded) =>
    new Map(
      Object.entries(loaded.manifest.trusted_token_issuers ?? {}).map(([name, { was, ...row }]) => {
        const earlier = was === undefined ? {} : { was: address('trusted-token-issuer', was) }
        const entry = { spec: specOf(row), ...earlier }
        return [
          address('trusted-token-issuer', name),
          withPosition<'trusted-token-issuer'>(loaded, ['trusted_token_issuers', name], entry),
        ]
      }),
    ),

  // What is ambiguous is left as it is, and told as a problem. Only one that is about to be renamed is known by a name that is not its own yet.
  refine(at, entry, { live }) {
    const entries = live['trusted-token-issuer']
    const found = entries.get(at)
    if (!found && [...entries.values()].some(({ spec }) => spec.name === nameOf(at)))
      return { ...entry, external: true }
    return found?.spec.name === undefined ? entry : { ...entry, spec: { ...entry.spec, name: nameOf(at) } }
  },

  observe: observeIssuers,
  deleteReason: reasonToDelete,
  problems: problemsOf,
  needs: () => [],
  // Whoever was known by the claim so far is known by another one, or not at all.
  restricts: (before, after) => before.claim !== after.claim || before.attribute !== after.attribute,
  attention: ({ verb, fields }) =>
    verb === 'create' || fields.some(({ path }) => path === 'claim' || path === 'attribute')
      ? 'more-rights'
      : undefined,
  effect: effectOf,

  apply({ verb, address: at, before, after }, context) {
    if (verb === 'create' && after) return createIssuer(nameOf(at), after, context)
    if (verb === 'update' && before && after) return updateIssuer(at, before, after, context)
    return deleteIssuer(context.ref(at), context)
  },
}

function declares({ trusted_token_issuers: issuers = {} }: Manifest): boolean {
  return Object.keys(issuers).length > 0
}

function specOf({ tags = {}, ...row }: TrustedTokenIssuerSpec): TrustedTokenIssuerSpec {
  return { ...row, ...(Object.keys(tags).length > 0 ? { tags } : {}) }
}
