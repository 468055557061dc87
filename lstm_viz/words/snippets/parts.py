"""Lines that the snippets of several pages have in common: what the network says, and what an edit changed."""


def predictions(run: str = "trace", name: str = "", model: str = "model", *, follows: bool = False) -> list[str]:
    """Entries of ``numbers``: what the network says after every step of a run.

    Parameters
    ----------
    run, model : the names of variables
    name : of the run, where there are several
    follows : whether the network says which symbols may follow
    """
    prefix = f"{name} " if name else ""
    lines = [f'    "{prefix}prediction": {model}.predictions({run}),']
    if follows:
        lines.append(f'    "{prefix}may follow": {model}.may_follow({run}),')
    return lines
