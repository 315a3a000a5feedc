import { styleText } from 'node:util'

/** Colours of a report. Meaning never rests on them: every symbol comes with its verb. */
export interface Style {
  create(text: string): string
  update(text: string): string
  remove(text: string): string
  manual(text: string): string
  strong(text: string): string
  faint(text: string): string
}

type Format = Parameters<typeof styleText>[0]

/** Colours, or plain text. Whether a stream takes colour is decided once, in `cli.ts`. */
export function styleOf(color: boolean): Style {
  const paint = (format: Format) => (text: string) =>
    color ? styleText(format, text, { validateStream: false }) : text
  return {
    create: paint('green'),
    update: paint('yellow'),
    remove: paint('red'),
    manual: paint('cyan'),
    strong: paint('bold'),
    faint: paint('dim'),
  }
}
