import { shown } from '../text/shown.ts'

/** Where an error came from: its message in one line, and the calls that led to it, a line each. Pure. */
export function stackText({ name, message, stack = '' }: Error): string {
  const head = `${name}: ${message}`
  const calls = stack.startsWith(head) ? stack.slice(head.length) : stack.replace(/^[\s\S]*?(?=\n[^\S\n]+at )/, '')
  return [
    shown(head),
    ...calls
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .map(shown),
  ].join('\n')
}
