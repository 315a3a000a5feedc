/** A text whose commands of ours carry these flags, so that they mean the same manifest and the same AWS. */
export function repeating(text: string, flags: string): string {
  return text.replaceAll(
    /\bsso-reconcile (?:access|apply|doctor|init|login|plan|revoke|validate)\b/g,
    (own) => own + flags,
  )
}
