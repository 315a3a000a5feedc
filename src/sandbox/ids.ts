/** Source of randomness: this many bytes. */
export type Random = (bytes: number) => Uint8Array

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789'
const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Lower-case hexadecimal digits, two for each byte. */
export function hex(random: Random, bytes: number): string {
  return Buffer.from(random(bytes)).toString('hex')
}

/** Identifiers in the forms AWS gives them. */
export const newId = {
  uuid: (random: Random): string => {
    const digits = hex(random, 16)
    const variant = '89ab'.charAt(Number.parseInt(digits.charAt(16), 16) % 4)
    return [
      digits.slice(0, 8),
      digits.slice(8, 12),
      `4${digits.slice(13, 16)}`,
      `${variant}${digits.slice(17, 20)}`,
      digits.slice(20),
    ].join('-')
  },
  /** Users and groups: the ten digits of the identity store and a UUID. */
  directoryObject: (random: Random, identityStoreId: string): string =>
    `${identityStoreId.replace(/^d-/, '')}-${newId.uuid(random)}`,
  organization: (random: Random): string => `o-${letters(random, 10, alphabet)}`,
  root: (random: Random): string => `r-${letters(random, 4, alphabet)}`,
  unit: (random: Random, root: string): string => `ou-${root.slice(2)}-${letters(random, 8, alphabet)}`,
  instance: (random: Random): string => `ssoins-${hex(random, 8)}`,
  identityStore: (random: Random): string => `d-${hex(random, 5)}`,
  permissionSet: (random: Random): string => `ps-${hex(random, 8)}`,
  application: (random: Random): string => `apl-${hex(random, 8)}`,
  trustedTokenIssuer: (random: Random): string => `tti-${newId.uuid(random)}`,
  /** The digits behind `AWSReservedSSO_NAME_`. */
  role: (random: Random): string => hex(random, 8),
  accessKey: (random: Random): string => `ASIA${letters(random, 16, upper)}`,
  /** Two groups of four letters, as a person types them on the sign-in page. */
  userCode: (random: Random): string => {
    const code = letters(random, 8, 'BCDFGHJKLMNPQRSTVWXZ')
    return `${code.slice(0, 4)}-${code.slice(4)}`
  },
  token: (random: Random): string => Buffer.from(random(48)).toString('base64url'),
}

function letters(random: Random, count: number, from: string): string {
  return Array.from(random(count), (byte) => from.charAt(byte % from.length)).join('')
}
