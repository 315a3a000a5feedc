import { does } from '../../src/kinds/declaration.ts'
import type { Kind } from '../../src/kinds/kind.ts'

/** The list of kinds as docs/kinds.md has it, from what they declare. */
export function kindsReference(kinds: readonly Kind[]): string {
  return `# Kinds of things

What \`sso-reconcile\` manages. The names are those of addresses and of \`--only\`. Written by \`npm run docs\` from what the kinds declare.

| kind | what it is | sections of the manifest | \`ignore\` | \`init\` writes |
| --- | --- | --- | --- | --- |
${kinds.map(row).join('\n')}
`
}

function row({ name, summary, sections, ignore, adopt }: Kind): string {
  const cells = [
    `\`${name}\``,
    summary,
    sections.map((section) => `\`${section}\``).join(', '),
    does(ignore) ? 'by name' : `no: ${ignore.never}`,
    does(adopt) ? `\`${adopt.section}\`` : `no: ${adopt.never}`,
  ]
  return `| ${cells.join(' | ')} |`
}
