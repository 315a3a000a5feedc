import { writeFileSync } from 'node:fs'
import { backupPlaces } from '../../../src/local/files/backup.ts'
import { thisMachine } from '../../../src/local/files/disk.ts'
import { readTextFile } from '../../../src/local/files/file.ts'
import { replaceTextFile } from '../../../src/local/files/replace.ts'
import { Refusal } from '../../../src/model/diagnostic.ts'
import { stepped } from './interrupted.ts'

/**
 * Reads a file, replaces its text once and prints what came of it. The argument is JSON: `path`; `text`, or `line` to
 * add to what is there; `killAt`, the number of the file operation before which the process kills itself.
 */
const task = JSON.parse(process.argv[2] ?? '{}') as { path: string; text?: string; line?: string; killAt?: number }
let steps = 0

const machine = stepped(thisMachine(process), (_name, run) => {
  steps += 1
  if (steps === task.killAt) process.kill(process.pid, 'SIGKILL')
  return run()
})

async function main(): Promise<string> {
  try {
    const snapshot = await readTextFile(task.path, machine.files)
    const text = task.text ?? `${snapshot.text ?? ''}${task.line}\n`
    const { written } = await replaceTextFile(snapshot, text, {
      machine,
      backup: { ...backupPlaces({}, '/nowhere'), holds: [] },
    })
    return written ? 'written' : 'same'
  } catch (cause) {
    if (cause instanceof Refusal) return cause.diagnostics.map((one) => one.code).join()
    throw cause
  }
}

writeFileSync(1, JSON.stringify({ outcome: await main(), steps }))
