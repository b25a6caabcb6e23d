"""How a held file is handed out: shown only if a browser can do no harm with it."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest

# What a browser may show itself; everything else is only ever downloaded.
SHOWN = {"application/pdf", "image/png", "image/jpeg"}


def served(request: HttpRequest, document: Any, *, name: str = "") -> FileResponse:
    """Return the file of a document that whoever asks may see, under another name if one is given.

    Another name is for those who shall not learn from it whose file it is.
    """
    if not document.file.name or not document.file.storage.exists(document.file.name):
        raise Http404
    reply = FileResponse(
        document.file.open("rb"),
        as_attachment=not (document.content_type in SHOWN and "download" not in request.GET),
        filename=name or document.original_name,
        content_type=document.content_type or "application/octet-stream",
    )
    reply["X-Content-Type-Options"] = "nosniff"
    # Whatever a file manages to be in some browser, it runs nothing and reaches nothing of ours.
    reply["Content-Security-Policy"] = "sandbox; default-src 'none'"
    reply["Cache-Control"] = "private, no-store"
    return reply
