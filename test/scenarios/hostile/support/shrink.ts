import { type SlotName, slotNames, type Texts } from './slots.ts'
import { areOrdered, plainText } from './texts.ts'

/** The texts of a world that still fails with as few hostile ones as possible, and those as short as possible. */
export async function smallest(
  texts: Texts,
  fails: (texts: Texts) => Promise<boolean>,
): Promise<Readonly<Partial<Record<SlotName, string>>>> {
  let least = texts
  const attempt = async (name: SlotName, text: string) => {
    const next = { ...least, [name]: text }
    if (!areOrdered(next) || !(await fails(next))) return false
    least = next
    return true
  }
  for (const name of slotNames) await attempt(name, plainText(name))
  const left = slotNames.filter((name) => least[name] !== plainText(name))
  for (const name of left) await shorten(least[name], (text) => attempt(name, text))
  return Object.fromEntries(left.map((name) => [name, least[name]]))
}

/** Leaves out pieces of a text, longer ones first, as long as the attempt succeeds. */
async function shorten(text: string, attempt: (text: string) => Promise<boolean>): Promise<void> {
  let least = [...text]
  for (let size = Math.ceil(least.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let at = 0; at + size <= least.length; ) {
      const shorter = [...least.slice(0, at), ...least.slice(at + size)]
      if (shorter.length > 0 && (await attempt(shorter.join('')))) least = shorter
      else at += size
    }
}
