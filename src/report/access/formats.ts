/** Forms of the access report, apart from the code that makes them so that the command line can name them without loading it. */
export const accessFormats = ['text', 'tsv', 'csv', 'json', 'markdown', 'html'] as const

/** One of these forms. */
export type AccessFormat = (typeof accessFormats)[number]
