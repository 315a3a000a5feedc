import { fenced } from './markdown.mjs'
import { run, show } from './program.mjs'
import { annotateAll, print, summarize } from './runner.mjs'

/**
 * What a plan came to.
 * @typedef {object} Planned
 * @property {number} code Exit code of sso-reconcile
 * @property {boolean} complete False where an error left no plan
 * @property {boolean} refused
 * @property {number} changes
 * @property {string | undefined} digest Where the plan can be applied
 * @property {readonly string[] | undefined} only Sections that the plan is limited to
 * @property {string} markdown
 * @property {Record<string, string | number>} outputs
 */

/**
 * Plans once; shows the result in the log, in the summary and at the lines of the files.
 * @param {import('./context.mjs').Context} context
 * @returns {Promise<Planned>}
 */
export async function planned({ args, file, directory }) {
  const { code, stdout, stderr } = await run(['plan', ...fileWords(file), ...args, '--json'], directory)
  const document = documentIn(stdout)
  const markdown = document.complete ? await show(stdout, 'markdown') : failure('No plan could be made', stderr)
  if (document.complete) print(await show(stdout, 'text'))
  annotateAll([...document.refusals, ...document.diagnostics], directory)
  summarize(markdown)
  const refused = document.refusals.length > 0
  const digest = document.complete && !refused ? document.digest : undefined
  const { only } = document.selection
  return {
    ...{ code, refused, digest, only, markdown, complete: document.complete, changes: document.operations.length },
    outputs: document.complete ? { digest, ...countsOf(document) } : {},
  }
}

/** Words that name the manifest. */
export function fileWords(file) {
  return file === '' ? [] : ['--file', file]
}

/** The outputs that count what a plan changes. */
export function countsOf({ operations, summary }) {
  const { create, update, delete: deletes } = summary
  return { changed: operations.length > 0, creates: create, updates: update, deletes }
}

/** A page about something that failed, with what sso-reconcile said. */
export function failure(title, said) {
  return `### ${title}\n\n${fenced(said.trim() || 'sso-reconcile said nothing about it')}\n`
}

// Before it knows its options, a program prints no document.
function documentIn(stdout) {
  const nothing = { complete: false, operations: [], refusals: [], diagnostics: [], selection: {} }
  try {
    return { ...nothing, ...JSON.parse(stdout) }
  } catch {
    return nothing
  }
}
