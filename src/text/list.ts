/**
 * Names in a sentence: all of them where they are few, else the first ones and how many more there are, so that the sentence stays
 * readable and says that it is not the whole list. Up to `whole` names are all listed; of more the first `first` are.
 */
export function listed(names: readonly string[], first = 3, whole = first): string {
  if (names.length <= whole) return names.join(', ')
  return `${names.slice(0, first).join(', ')} and ${names.length - first} more`
}
