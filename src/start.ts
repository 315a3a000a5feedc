#!/usr/bin/env node
import { writeSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { join } from 'node:path'
import { keptIn, packsIn, parts } from './load.ts'
import { version } from './session/version.ts'

// What an older Node cannot even read must not be loaded before its version is known: this file and the few it imports are plain.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major > 20 || (major === 20 && minor >= 19)) start(process.argv.slice(2))
else {
  process.stderr.write(
    `error  sso-reconcile needs Node 20.19 or later, and this is ${process.versions.node} (${process.execPath})\n  hint: install a current Node, for example from https://nodejs.org, then run this again\n`,
  )
  process.exitCode = 1
}

function start([word, ...more]: readonly string[]): void {
  if (more.length === 0 && (word === '--version' || word === '-V') && saysVersion()) return
  program('./main.js')
}

// Nothing else is needed for it, and to load what other commands need takes as long as Node.js itself.
function saysVersion(): boolean {
  try {
    writeSync(1, `${version}\n`)
    return true
  } catch {
    // The whole program knows what to say to that.
    return false
  }
}

/** Compiled code is in the folder of the program, and nowhere else: whoever can write there can change the program itself. */
function program(name: string): unknown {
  const [folder, compiled] = [join(__dirname, 'parts'), join(__dirname, 'compiled')]
  const kept = keptIn(compiled, process)
  const packs = packsIn(kept)
  if (packs) return parts({ folder, kept, packs }).load(name)
  const { createRequire, enableCompileCache } = nodeModule as typeof nodeModule & {
    /** Node.js 22.1 and later. */
    enableCompileCache?(folder: string): unknown
  }
  enableCompileCache?.(compiled)
  return createRequire(join(folder, 'parts.js'))(name)
}
