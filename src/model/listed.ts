/** The first three names, and how many more there are: a sentence stays readable, and says that it is not the whole list. */
export function listed(names: readonly string[]): string {
  return names.slice(0, 3).join(', ') + (names.length > 3 ? ` and ${names.length - 3} more` : '')
}
