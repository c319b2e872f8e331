"""`saksi languages`: the languages that can be read."""

from __future__ import annotations

from saksi.cli import options


def languages(check: options.Check = None, output_format: options.Lists = options.ListFormat.table) -> int:
    """List the installed languages, or check a language folder of your own.

    With --check, exit status 1 says that the folder has errors and cannot be used as it is.
    """
    from saksi.cli.lists import show, show_check

    if check is not None:
        from saksi.languages.check import check as check_folder

        return show_check(check, check_folder(options.own_folder(check)), output_format)
    from saksi.languages.load import installed

    show(({"code": language.code, "name": language.name, "own_name": language.own_name, "script": language.script,
           "direction": language.direction, "entries": language.entries, "path": str(language.path)}
          for language in installed()), ("code", "name", "own_name", "script", "direction", "entries"), output_format)
    return 0
