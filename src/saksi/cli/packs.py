"""`saksi packs`: what is known of conflicts before a report is read."""

from __future__ import annotations

from saksi.cli import options


def packs(check: options.Check = None, output_format: options.Lists = options.ListFormat.table) -> int:
    """List the installed packs, or check a pack of your own.

    With --check, exit status 1 says that the pack has errors and cannot be used as it is.
    """
    from saksi.cli.lists import show, show_check

    if check is not None:
        from saksi.packs.check import check as check_folder

        return show_check(check, check_folder(options.own_folder(check)), output_format)
    from saksi.packs.load import installed

    show(({"name": pack.name, "title": pack.title, "version": pack.version, "licence": pack.licence,
           "countries": list(pack.countries), "rows": dict(pack.counts), "path": str(pack.path)}
          for pack in installed()), ("name", "title", "version", "licence", "countries", "rows"), output_format)
    return 0
