import { kindNamed, kindNames } from '../../kinds/index.ts'
import { shownAddress } from '../../model/address.ts'
import type { Operation } from '../../model/operation.ts'
import type { FileChange } from '../../plan/file-changes.ts'
import { escapeHtml, escapeHtmlLine } from '../../text/html.ts'
import { fieldDiff } from './fields-diff.ts'
import { fileDiff } from './file-diff.ts'
import { rightsTold } from './rights-text.ts'
import { symbols } from './words.ts'

/**
 * Changes under the titles of their kinds. Before all of them come those that make somebody an administrator, and deletes: whoever stops
 * reading early has seen them.
 */
export function operationsHtml(operations: readonly Operation[]): string[] {
  const administrative = operations.filter(({ attention }) => attention === 'administrator')
  const rest = operations.filter(({ attention }) => attention !== 'administrator')
  const deletes = rest.filter(({ verb }) => verb === 'delete')
  const others = rest.filter(({ verb }) => verb !== 'delete')
  const titles = [...new Set(kindNames.map((name) => kindNamed(name).title))]
  return [
    ...group('Administrator access', administrative),
    ...group('Deletes', deletes),
    ...titles.flatMap((title) =>
      group(
        title,
        others.filter(({ kind }) => kindNamed(kind).title === title),
      ),
    ),
  ]
}

function group(title: string, operations: readonly Operation[]): string[] {
  return operations.length === 0 ? [] : [`<h2>${escapeHtml(title)}</h2>`, ...operations.map(operationHtml)]
}

function operationHtml(operation: Operation): string {
  const { verb, address, reason, effect, at } = operation
  const told = [...(verb === 'delete' ? [reason] : []), ...(effect ? [effect] : []), ...rightsTold(operation)]
  const place = at ? ` <span class="faint">${codeHtml(`${at.file}:${at.line}`)}</span>` : ''
  const word = verb === 'delete' ? 'DELETE' : verb
  return [
    `<article class="${verb}"><h3><span class="sign">${symbols[verb]}</span> <strong>${word}</strong> ${codeHtml(shownAddress(address))}${place}</h3>`,
    ...(told.length === 0 ? [] : ['<ul>', ...told.map((one) => `<li>${escapeHtml(one)}`), '</ul>']),
    ...fieldsHtml(operation),
    '</article>',
  ].join('\n')
}

function fieldsHtml({ verb, kind, fields }: Operation): string[] {
  if (verb === 'delete' || kindNamed(kind).addressSays !== 'name' || fields.length === 0) return []
  return [diffHtml(fields.flatMap((field) => fieldDiff(field, kindNamed(kind))))]
}

/** Files of this machine, line by line; a file that stays as it is is not named. */
export function filesHtml(files: readonly FileChange[]): string[] {
  const shown = files.flatMap((file) => {
    const lines = fileDiff(file)
    return lines.length === 0 ? [] : [`<article><h3>${codeHtml(file.path)}</h3>\n${diffHtml(lines)}</article>`]
  })
  return shown.length === 0 ? [] : ['<h2>Files on this machine</h2>', ...shown]
}

/** Lines that begin with +, - or a blank. Each is an element, so that what is broken at the edge of the window is set in and begins no line of its own. */
function diffHtml(lines: readonly string[]): string {
  const tags: Readonly<Record<string, string>> = { '+': 'ins', '-': 'del' }
  const elements = lines.map((line) => {
    const tag = tags[line.charAt(0)] ?? 'span'
    return `<${tag}>${escapeHtmlLine(line)}\n</${tag}>`
  })
  return `<pre>${elements.join('')}</pre>`
}

/** A name as it is, apart from the words around it. */
export function codeHtml(text: string): string {
  return `<code>${escapeHtml(text)}</code>`
}
