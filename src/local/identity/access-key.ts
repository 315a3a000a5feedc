/**
 * True for the id of an access key of IAM or STS; other services, and stand-ins for AWS, hand out what they like. Only the shape is looked
 * at. Source: IAM user guide, "IAM identifiers", unique ID prefixes.
 */
export function isIamKey(id: string): boolean {
  return /^A[KS]IA[A-Z0-9]+$/.test(id)
}

/** True for the id of a key that ends by itself. */
export function isTemporaryKey(id: string): boolean {
  return id.startsWith('ASIA')
}
