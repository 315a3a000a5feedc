import { randomUUID } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { posix } from 'node:path'
import { cut, visible } from './markdown.mjs'

// GitHub allows a step 1 MiB.
const summaryLimit = 1_000_000

const levels = { error: 'error', warning: 'warning' }

/**
 * A workflow command. What is in it cannot end it, or begin another one.
 * @param {string} name
 * @param {Readonly<Record<string, string | number | undefined>>} properties
 * @param {string} text
 */
function workflowCommand(name, properties, text) {
  const given = Object.entries(properties).filter(([, value]) => value !== undefined)
  const words = given.map(([key, value]) => `${key}=${data(String(value)).replace(/:/g, '%3A').replace(/,/g, '%2C')}`)
  return `::${name}${words.length > 0 ? ` ${words.join(',')}` : ''}::${data(text)}\n`
}

function data(text) {
  return visible(text).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
}

/** Prints a text to the log in which the runner looks for no commands. */
export function print(text) {
  if (text === '') return
  const token = randomUUID()
  process.stdout.write(`::stop-commands::${token}\n${text.replace(/\n?$/, '\n')}::${token}::\n`)
}

/** Says something in the log and on the page of the run. */
export function annotate(level, text, properties = {}) {
  process.stdout.write(workflowCommand(level, properties, text))
}

/**
 * Shows what a plan found at its lines of the files of the repository.
 * @param {readonly { severity?: string, message: string, hint?: string, at?: { file: string, line: number, column: number } }[]} diagnostics
 * @param {string} directory Where the paths of the diagnostics begin
 */
export function annotateAll(diagnostics, directory) {
  for (const { severity = 'error', message, hint, at } of diagnostics) {
    const place = at ? { file: fileIn(directory, at.file), line: at.line, col: at.column } : {}
    annotate(levels[severity] ?? 'notice', hint ? `${message}\nhint: ${hint}` : message, place)
  }
}

function fileIn(directory, file) {
  return posix.isAbsolute(file) ? file : posix.join(directory, file)
}

/** Sets the outputs of the step; a value cannot end itself, as nobody knows what ends it. */
export function setOutputs(values, env = process.env) {
  if (!env.GITHUB_OUTPUT) return
  const text = Object.entries(values).map(([name, value]) => {
    const end = `end_${randomUUID()}`
    return `${name}<<${end}\n${value ?? ''}\n${end}\n`
  })
  appendFileSync(env.GITHUB_OUTPUT, text.join(''))
}

/** Adds Markdown to the summary of the job. */
export function summarize(markdown, env = process.env) {
  if (!env.GITHUB_STEP_SUMMARY) return
  const page = cut(markdown, summaryLimit, 'the log of this step has all of it', Buffer.byteLength)
  appendFileSync(env.GITHUB_STEP_SUMMARY, `${page}\n`)
}
