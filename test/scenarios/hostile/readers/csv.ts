import { parse } from 'csv-parse/sync'

/** Records of a table, as a reader of RFC 4180 finds them. */
export function recordsOf(text: string): readonly (readonly string[])[] {
  return parse(text, { relax_column_count: true, bom: false })
}

/** Fields of lines with tabs between them, as cut and awk take them. */
export function fieldsOf(text: string): readonly (readonly string[])[] {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.split('\t'))
}

/** Cells that a spreadsheet would take for a formula (OWASP, "CSV Injection"). */
export function formulasIn(records: readonly (readonly string[])[]): readonly string[] {
  return records.flat().filter((cell) => /^\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(cell))
}
