"""``clausemap proposals``: list proposals, check a proposal file, start a new one."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from layers.catalogue.model import find_edition
from layers.errors import ProposalError
from layers.findings import MOST_PROBLEMS, one_line
from webapp.commands.examples import example
from webapp.commands.options import FILE, built_catalogue, open_workspace, remark, today, workspace_option
from webapp.commands.terminal import print_table

if TYPE_CHECKING:
    from layers.build.own_proposals import Checked


@click.group(invoke_without_command=True, epilog=example("clausemap proposals --format json"))
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@workspace_option
@click.pass_context
def proposals(context: click.Context, form: str, workspace: Path | None) -> None:
    """List the proposals, each with its date and the control map behind it; check a proposal file, or start one.

    With --workspace, or CLAUSEMAP_WORKSPACE, those of the workspace are listed, too.
    """
    if context.invoked_subcommand is None:
        _list(form, workspace)


@proposals.command(epilog=example("clausemap proposals check my-plan.toml"))
@click.argument("file", type=FILE)
def check(file: Path) -> None:
    """Check a proposal file and derive its zones once, on the control map of its own date.

    Prints "ok: N points, M zones", else each problem in one line with its key and what would be right. Exit 1 where
    there is any.
    """
    from layers.build.own_proposals import check_file, try_proposal
    from layers.reference.study_data import load_study_data
    from webapp.typography.signs import sign_problem

    study = load_study_data()
    checked = check_file(file, study.reference, sign_problem)
    if checked.proposal is None:
        _tell_problems(checked)
        click.get_current_context().exit(1)
    tried = try_proposal(checked.proposal, study)
    for words in tried.remarks:
        remark(f"{file}: {words}")
    points = len(checked.proposal.points)
    click.echo(f"ok: {_counted(points, 'point')}, {_counted(tried.zones, 'zone')} on the control map of {tried.as_of}")


@proposals.command(epilog=example("clausemap proposals new my-plan"))
@click.argument("proposal_id", metavar="ID")
@click.option("-o", "--output", type=FILE, metavar="FILE", help="File to write.  [default: ID.toml in this folder]")
def new(proposal_id: str, output: Path | None) -> None:
    """Write a commented file to start a proposal from. It passes 'clausemap proposals check' as it stands.

    A file that is there already is not replaced.
    """
    from layers.files import write_bytes
    from layers.proposal.starting import starting_file

    content = starting_file(proposal_id, today())
    path = output or Path(f"{proposal_id}.toml")
    if path.name != f"{proposal_id}.toml":
        raise ProposalError(f"{path}: name the file {proposal_id}.toml; a proposal has the id of its file")
    if path.exists() or path.is_symlink():
        raise ProposalError(f"{path}: is there already and is not replaced; choose another place or id")
    write_bytes(path, content)
    click.echo(f"{path}: written; fill it in, then run 'clausemap proposals check {path}'", err=True)


def _tell_problems(checked: "Checked") -> None:
    for problem in checked.problems[:MOST_PROBLEMS]:
        click.echo(one_line(problem))
    left = len(checked.problems) - MOST_PROBLEMS
    more = f", {left} of them not shown" if left > 0 else ""
    click.echo(f"clausemap: {checked.path}: {len(checked.problems)} to mend{more}", err=True)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _list(form: str, workspace: Path | None) -> None:
    found = built_catalogue().proposals.values()
    rows = [
        {
            "id": proposal.id,
            "date": proposal.date,
            "as_of": find_edition(proposal)[1].as_of,
            "status": proposal.status,
            "title": proposal.texts["title"]["en"],
        }
        for proposal in found
    ]
    rows += _own_rows(workspace) if workspace else []
    if form == "json":
        click.echo(json.dumps({"proposals": rows}, ensure_ascii=False))
    else:
        print_table([list(rows[0]), *([str(value) for value in row.values()] for row in rows)])


def _own_rows(folder: Path) -> list[dict[str, Any]]:
    """The proposals of a workspace that can be used; remarks on the others go to stderr."""
    from layers.build.own_proposals import check_file, usable_files
    from layers.dates import own_control_date
    from layers.reference.study_data import load_study_data

    study = load_study_data()
    files = usable_files(open_workspace(folder), study.reference, remark)
    own = [proposal for path in files if (proposal := check_file(path, study.reference).proposal)]
    return [
        {
            "id": proposal.id,
            "date": proposal.date.isoformat(),
            "as_of": own_control_date(proposal.date.isoformat(), study.control.dates),
            "status": proposal.status,
            "title": proposal.title.by_language()["en"],
        }
        for proposal in own
    ]
