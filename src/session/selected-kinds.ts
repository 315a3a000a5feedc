import { addressAdvice, kindAhead, kindCalled } from '../kinds/called.ts'
import { cloudKinds, kindNames, localKinds } from '../kinds/index.ts'
import { type Diagnostic, error, Refusal } from '../model/diagnostic.ts'
import type { KindName } from '../model/specs.ts'
import { nearest } from '../text/near.ts'
import { quoted } from '../text/quote.ts'

/** Kinds named by `--only`: kinds, in the manifest's words too, `cloud` and `local`; all of them where nothing is named. Throws a Refusal for any other word. */
export function selectedKinds(words: readonly string[] = kindNames): ReadonlySet<KindName> {
  const meant = words.map((word) => [word, kindsOf(word)] as const)
  const unknown = meant.flatMap(([word, kinds]) => (kinds ? [] : [word]))
  if (unknown.length > 0) throw new Refusal(noKind(unknown))
  return new Set(meant.flatMap(([, kinds = []]) => kinds))
}

const sides: Readonly<Record<string, readonly KindName[]>> = {
  cloud: cloudKinds.map((kind) => kind.name),
  local: localKinds.map((kind) => kind.name),
}

function kindsOf(word: string): readonly KindName[] | undefined {
  const kind = kindCalled(word)
  return kind ? [kind] : Object.hasOwn(sides, word.toLowerCase()) ? sides[word.toLowerCase()] : undefined
}

/**
 * Throws a Refusal for words that begin with no kind: they are nobody's addresses, whatever there is. A flag is the one that they were given
 * with, and its space.
 */
export function refuseNoAddresses(words: readonly string[] = [], flag: '' | '--target ' = ''): void {
  const wrong = words.filter((one) => kindAhead(one) === undefined)
  if (wrong.length > 0) throw new Refusal(wrong.map((one) => noAddress(one, flag)))
}

function noAddress(word: string, flag: string): Diagnostic {
  const hint = `${adviceFor(word, flag)} kinds are ${kindNames.join(', ')}`
  const code = flag === '' ? 'address-unknown' : 'target-unknown'
  return error(code, `${flag}${word.trim() === '' ? `"${word}"` : word} does not begin with a kind`, { hint })
}

function adviceFor(word: string, flag: string): string {
  const [kind = '', ...name] = word.split('/')
  if (name.length === 0 && kind.trim() !== '')
    return `put its kind in front, as a plan shows it, for example user/${word};`
  const likely = nearest(kind, kindNames)
  return likely === undefined ? `${addressAdvice};` : `did you mean ${flag}${quoted([likely, ...name].join('/'))}?`
}

function noKind(unknown: readonly string[]): Diagnostic {
  const all = [...kindNames, ...Object.keys(sides)]
  const likely = unknown.length === 1 ? nearest(unknown[0] ?? '', all) : undefined
  const hint = `kinds are ${all.join(', ')}`
  return error('usage', `--only: ${unknown.join(', ')} is not a kind`, {
    hint: likely === undefined ? hint : `did you mean ${likely}? ${hint}`,
  })
}
