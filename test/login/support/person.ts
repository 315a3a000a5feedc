import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Run, Variables } from '../../scenarios/e2e/support/binary.ts'
import { start } from '../../scenarios/e2e/support/binary.ts'
import type { Desk } from '../../scenarios/e2e/support/desk.ts'

const script = fileURLToPath(new URL('browser.mjs', import.meta.url))

/** Variables with which addresses are opened by a browser that answers by itself. */
export function browserAt(desk: Desk, answer: 'allow' | 'deny' | 'stranger' = 'allow'): Variables {
  return {
    BROWSER: `'${process.execPath}' '${script}' %s`,
    BROWSER_ANSWER: answer,
    BROWSER_NOTE: join(desk.folder, 'seen'),
  }
}

/** What the browser was shown last; undefined when it was never opened. */
export function seenAt({ folder }: Desk): string | undefined {
  const note = join(folder, 'seen')
  return existsSync(note) ? readFileSync(note, 'utf8') : undefined
}

/** Runs a command that shows a code, and answers the page of that code as a person does on another device. */
export async function answering(
  desk: Desk,
  words: readonly string[],
  variables: Variables,
  decision: 'allow' | 'deny' = 'allow',
): Promise<Run> {
  const { child, ended } = start(desk, words, variables)
  let told = ''
  let answered = false
  child.stderr?.on('data', (text: string) => {
    told += text
    const [, page] = /code filled in:\s+(http\S+)\n/.exec(told) ?? []
    if (page === undefined || answered) return
    answered = true
    const url = new URL(page)
    const form = new URLSearchParams({ user_code: url.searchParams.get('user_code') ?? '', user: 'taro', decision })
    void fetch(new URL('/device', url), { method: 'POST', body: form, redirect: 'manual' })
  })
  return ended
}
