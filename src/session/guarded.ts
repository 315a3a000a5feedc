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
    terminal: guardedTerminal(ports.terminal),
  }
}

function guardedTerminal(terminal: Terminal): Terminal {
  return {
    ...terminal,
    async statusLine() {
      const line = await terminal.statusLine()
      return line && { show: (text) => line.show(shown(text)) }
    },
    async choose(question, words, chosen = []) {
      const picked = await terminal.choose(shown(question), words.map(shown), chosen.map(shown))
      return picked && words.filter((word) => picked.includes(shown(word)))
    },
    ask: (question, offer) => terminal.ask(shown(question), offer && guardedOffer(offer)),
  }
}

// What is offered comes back as the answer, so it is offered as it is or not at all.
function guardedOffer({ answer, trouble, ...rest }: Offer): Offer {
  return {
    ...rest,
    ...(answer !== undefined && answer === shown(answer) ? { answer } : {}),
    ...(trouble ? { trouble: (typed) => told(trouble(typed)) } : {}),
  }
}

function told(why: string | undefined): string | undefined {
  return why && printable(why)
}
