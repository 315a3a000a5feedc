import type { ArgumentDeclaration } from '../../src/usage/argument.ts'
import type { Command } from '../../src/usage/command.ts'
import type { OptionDeclaration } from '../../src/usage/option.ts'

/** The reference of every command and option, as Markdown. Pure. */
export function reference(commands: readonly Command[]): string {
  const parts = commands.map(section)
  return `# Commands

Made from the table of commands in \`src/commands/index.ts\` by \`npm run docs\`; edit that instead.
Every command knows \`-h\` and \`--help\`.

${parts.join('\n')}`
}

function section({ name, summary, options, arguments: args, notes }: Command): string {
  const own = Object.values(args)
  const shown = Object.values(options).filter(({ hidden }) => !hidden)
  const usage = ['sso-reconcile', name, ...(shown.length > 0 ? ['[options]'] : []), ...own.map((one) => one.usage)]
  const rows = [...own.filter(({ takes }) => takes === 'one').map(argumentRow), ...shown.map(optionRow)]
  return `## ${name}

${summary.charAt(0).toUpperCase()}${summary.slice(1)}.

\`\`\`
${usage.filter((word) => word !== '').join(' ')}
\`\`\`

| word | means |
|---|---|
${rows.join('\n')}
${notes === undefined ? '' : `\n\`\`\`\n${notes}\n\`\`\`\n`}`
}

function argumentRow({ usage, description, choices, fallback }: ArgumentDeclaration): string {
  return row(usage, description, [...among(choices), ...(fallback === undefined ? [] : [`default: ${fallback}`])])
}

function optionRow({ flags, description, choices, fallback, environment }: OptionDeclaration): string {
  const usual = fallback ? [`default: ${fallback.told ?? fallback.value}`] : []
  return row(flags, description, [...among(choices), ...usual, ...(environment ? [`env: ${environment}`] : [])])
}

function among(choices: readonly string[] | undefined): string[] {
  return choices ? [`choices: ${choices.join(', ')}`] : []
}

function row(word: string, description: string, remarks: readonly string[]): string {
  return `| \`${word}\` | ${description}${remarks.length > 0 ? ` (${remarks.join('; ')})` : ''} |`
}
