/** What the tag of ownership says on what a manifest owns, by the `name` of the manifest. */
export function ownerOf({ name }: { readonly name?: string | undefined }): string {
  return name ? `sso-reconcile/${name}` : 'sso-reconcile'
}
