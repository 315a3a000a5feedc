/** True where a pipeline runs this and nobody is there: CI is set, as GitHub, GitLab and most others do, and does not say no. */
export function isPipeline({ CI }: Readonly<Record<string, string | undefined>>): boolean {
  return CI !== undefined && !/^(?:|0|false|no)$/i.test(CI)
}
