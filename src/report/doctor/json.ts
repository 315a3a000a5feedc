import type { Examination } from '../../doctor/checks.ts'
import type { Fix } from '../../doctor/finding.ts'
import type { JsonObject } from '../../model/json.ts'

/** An examination as one document: codes, levels and check names are stable, sentences are not. Pure. */
export function doctorJson({ sections, count, first }: Examination, manifest: string, toolVersion: string): JsonObject {
  return {
    format_version: 1,
    tool_version: toolVersion,
    manifest: { file: manifest },
    checks: sections.flatMap(({ name, findings }) =>
      findings.map(({ level, code, message, fix }) => ({
        check: name,
        level,
        code,
        message,
        ...(fix ? { fix: fixJson(fix) } : {}),
      })),
    ),
    summary: { ok: count.ok, warnings: count.warning, problems: count.problem },
    ...(first ? { start_with: { code: first.code, ...(first.fix ? { fix: fixJson(first.fix) } : {}) } } : {}),
    diagnostics: [],
  }
}

function fixJson({ text, commands = [] }: Fix): JsonObject {
  return { text, commands }
}
