/** Which section an edit is about; `default` is the profile written `[default]`. */
export interface SectionName {
  readonly kind: 'profile' | 'sso-session'
  readonly name: string
}

/**
 * One change to one section of an AWS config text. `create` appends a marked section with the keys in the order given;
 * `update` changes and removes single keys and keeps everything else of the section; `delete` takes away the section,
 * its mark and the blank line that set it apart. A key `block.name` is a property of a block such as `s3 =`.
 */
export type SectionEdit =
  | (SectionName & {
      readonly verb: 'create'
      readonly owner: string
      readonly set: Readonly<Record<string, string>>
    })
  | (SectionName & {
      readonly verb: 'update'
      readonly set: Readonly<Record<string, string>>
      readonly unset: readonly string[]
    })
  | (SectionName & { readonly verb: 'delete' })
