import { rmSync } from 'node:fs'

const tasks: (() => unknown)[] = []

/** Does something when the test file is through; what was asked for last is done first. */
export function atEnd(task: () => unknown): void {
  tasks.push(task)
}

/** Removes a folder when the test file is through. */
export function removedAtEnd(folder: string): string {
  atEnd(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Does all that was asked for. */
export async function endAll(): Promise<void> {
  for (const task of tasks.splice(0).reverse()) await task()
}
