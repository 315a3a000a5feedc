#!/usr/bin/env node
// What an older Node cannot even read must not be loaded before its version is known, so nothing is imported here.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major > 20 || (major === 20 && minor >= 19)) await import('./cli.ts')
else {
  process.stderr.write(
    `error  sso-reconcile needs Node 20.19 or later, and this is ${process.versions.node} (${process.execPath})\n  hint: install a current Node, for example from https://nodejs.org, then run this again\n`,
  )
  process.exitCode = 1
}

export {}
