import { printable, shown } from '../text/shown.ts'
import type { Offer, Runtime, Terminal } from './runtime.ts'

/**
 * The ports of a process with what is printed and asked made harmless: nothing but line ends, tabs and colours of ours steers a
 * terminal or a log, whoever wrote the text. What programs we run say themselves goes through `passOn` and stays as it is.
 */
export function guarded(ports: Omit<Runtime, 'passOn'>): Runtime {
  return {
    ...ports,
    out: (text) => ports.out(printable(text)),
    err: (text) => ports.err(printable(text)),
    passOn: (text) => ports.err(text),
    unhurried: (task, lastWords) => ports.unhurried(task, () => printable(lastWords())),
    terminal: guardedTerminal(ports.terminal),
  }
}

function guardedTerminal(terminal: Terminal): Terminal {
  return {
    ...terminal,
    async statusLine() {
      const line = await terminal.statusLine()
      if (!line) return undefined
      const { firstLine } = await import('../text/first-line.ts')
      // The sign that turns and its space stand before it.
      return { show: (text) => line.show(firstLine(shown(text), terminal.width.err - 3)) }
    },
    async choose(question, words, chosen = []) {
      const names = toldApart(words)
      const before = names.filter((_name, index) => chosen.includes(words[index] ?? ''))
      const picked = await terminal.choose(shown(question), names, before)
      return picked && words.filter((_word, index) => picked.includes(names[index] ?? ''))
    },
    ask: (question, offer) => terminal.ask(shown(question), offer && guardedOffer(offer)),
  }
}

// A name that holds a character and one that was typed as it is shown look the same, and only one of them may be meant.
function toldApart(words: readonly string[]): readonly string[] {
  const names = new Set<string>()
  for (const word of words.map(shown)) {
    let name = word
    for (let number = 2; names.has(name); number += 1) name = `${word} (${number})`
    names.add(name)
  }
  return [...names]
}

// What is offered comes back as the answer, so it is offered as it is or not at all.
function guardedOffer({ answer, example, trouble }: Offer): Offer {
  return {
    ...(example === undefined ? {} : { example: shown(example) }),
    ...(answer !== undefined && answer === shown(answer) ? { answer } : {}),
    ...(trouble ? { trouble: (typed) => told(trouble(typed)) } : {}),
  }
}

function told(why: string | undefined): string | undefined {
  return why && printable(why)
}
