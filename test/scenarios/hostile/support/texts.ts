import fc from 'fast-check'
import { fragments } from './fragments.ts'
import { families, type SlotName, slotNames, slots, type Takes, type Texts } from './slots.ts'

/** What is drawn for a place: a text, and where in it the letters go that make it unlike all others. */
export interface Drawn {
  readonly text: string
  readonly place: number
}

const piece = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...fragments) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 6 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom('a', 'Z', '0', ' ', '-', '.') },
)

const drawn: fc.Arbitrary<Drawn> = fc.record({
  text: fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join('')),
  place: fc.constantFrom(0, 0, 0.5, 1, 1),
})

/** A text made of hostile pieces, as a server may send it. */
export const hostileText: fc.Arbitrary<string> = drawn.map(({ text }) => text)

/**
 * A hostile text for every place. `server`: where a server has the say, texts that its own model forbids; else what each place
 * allows.
 */
export const hostileTexts: fc.Arbitrary<Texts> = fc
  .record({
    draws: fc.tuple(...slotNames.map(() => drawn)),
    others: fc.array(drawn, { maxLength: 8 }),
    server: fc.boolean(),
  })
  .map(({ draws, others, server }) => textsOf((index) => draws[index], server ? others : undefined))
  .filter(areOrdered)

/** One of these for each place in turn, beginning with the one of this number; each text is in every place once for as many numbers. */
export function inTurn(cases: readonly Drawn[], first: number): Texts {
  const at = (index: number) => cases[(index + first) % cases.length]
  return textsOf(at, cases)
}

/** With `others` texts that no model allows are drawn too: of those of a family, the first ones that leave it in order. */
function textsOf(draw: (index: number) => Drawn | undefined, others?: readonly Drawn[]): Texts {
  const fitted = (server: boolean) =>
    Object.fromEntries(slotNames.map((name, index) => [name, placed(draw(index), name, server)])) as Texts
  const allowed = fitted(false)
  const inFamilies = families.flatMap((family) => inOrder(family, allowed, others ?? []))
  return { ...fitted(others !== undefined), ...Object.fromEntries(inFamilies) }
}

// The tame texts are in order, so that sorted lists of both worlds are in the same order.
function inOrder(
  family: readonly SlotName[],
  texts: Texts,
  others: readonly Drawn[],
): readonly (readonly [SlotName, string])[] {
  const all = sortedAlike(family, texts)
  // Where the letters that differ come first, every family is in order.
  const ordered = isOrdered(all) ? all : family.map((name) => placed({ text: texts[name], place: 0 }, name, false))
  return family.map((name, at) => {
    const wild = slots[name].lives ? others.map((one) => placed(one, name, true)) : []
    ordered[at] = wild.find((text) => isOrdered(ordered.with(at, text))) ?? ordered[at] ?? ''
    return [name, ordered[at]] as const
  })
}

/** Texts of places that take the same, in order. */
function sortedAlike(family: readonly SlotName[], texts: Texts): string[] {
  const { takes } = slots[family[0] ?? 'word']
  const alike = family.filter((name) => slots[name].takes === takes)
  const sorted = alike.map((name) => texts[name]).sort()
  return family.map((name) => (alike.includes(name) ? (sorted.shift() ?? '') : texts[name]))
}

/** A text as a place takes it, with the letters in it that make it unlike all others. */
function placed({ text, place }: Drawn = { text: '', place: 0 }, name: SlotName, server: boolean): string {
  const { takes, lives } = slots[name]
  const own = plainText(name)
  const kept = server && lives ? [...text] : [...text].filter((one) => takes.character.test(one))
  const room = kept.slice(0, takes.length - own.length)
  const at = Math.round(room.length * place)
  const made = [...room.slice(0, at), own, ...room.slice(at)].join('')
  return isWhole(made, takes) ? made : shielded(made, own, takes)
}

// What a place does not take at its ends it may take inside.
function shielded(made: string, own: string, takes: Takes): string {
  const inside = `${own}${made}${own}`
  return isWhole(inside, takes) ? inside : own
}

function isWhole(text: string, { whole }: Takes): boolean {
  return whole === undefined || whole.test(text)
}

/** The plain text of a place in a world that is hostile elsewhere. */
export function plainText(name: SlotName): string {
  return letters(slotNames.indexOf(name))
}

/** Two letters for each number. */
function letters(index: number): string {
  return String.fromCharCode(97 + Math.floor(index / 26), 97 + (index % 26))
}

/** True where the texts of each family are in the order of the tame ones. */
export function areOrdered(texts: Texts): boolean {
  return families.every((family) => isOrdered(family.map((name) => texts[name])))
}

/** True where texts are in order by themselves, as parts of addresses and as they are shown. */
function isOrdered(texts: readonly string[]): boolean {
  const forms = [
    (text: string) => text,
    (text: string) => text.replace(/[%:@\s\p{Cc}\p{Cf}]/gu, (one) => encodeURIComponent(one)).concat(':'),
    (text: string) => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '\\u{').concat(' '),
  ]
  return forms.every((form) => texts.every((text, at) => at === 0 || form(texts[at - 1] ?? '') < form(text)))
}
