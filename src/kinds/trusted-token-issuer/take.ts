import { nameOf } from '../../model/address.ts'
import { takeNamed } from '../shared/take-named.ts'
import { whyUnsayable, writtenIssuer } from './written.ts'

/** Live trusted token issuers. */
export const takeIssuers = takeNamed<'trusted-token-issuer'>({
  section: 'trusted_token_issuers',
  maps: ['tags'],
  written: (_at, { spec }) => writtenIssuer(spec),
  unsayable({ address: at, live, desired }) {
    const why = live && whyUnsayable(nameOf(at), live)
    return why === undefined ? undefined : { why, ...(desired?.at ? { at: desired.at } : {}) }
  },
})
