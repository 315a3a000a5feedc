import { cloudKinds, kindNames, localKinds } from '../kinds/index.ts'
import { error, Refusal } from '../model/diagnostic.ts'
import type { KindName } from '../model/specs.ts'

/** Kinds named by `--only`: kinds, `cloud` and `local`; all of them where nothing is named. Throws a Refusal for any other word. */
export function selectedKinds(words: readonly string[] = kindNames): ReadonlySet<KindName> {
  const groups: Readonly<Record<string, readonly KindName[]>> = {
    ...Object.fromEntries(kindNames.map((name) => [name, [name]])),
    cloud: cloudKinds.map((kind) => kind.name),
    local: localKinds.map((kind) => kind.name),
  }
  const unknown = words.filter((word) => !Object.hasOwn(groups, word))
  if (unknown.length > 0)
    throw new Refusal(
      error('usage', `--only: ${unknown.join(', ')} is not a kind`, {
        hint: `kinds are ${Object.keys(groups).join(', ')}`,
      }),
    )
  return new Set(words.flatMap((word) => groups[word] ?? []))
}
