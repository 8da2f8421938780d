"""GraphML as it stands in the file: nodes and arcs with their tags, in one streaming parse."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from snowplan.errors import Faults

EXPECTED = "a road network saved by OSMnx as GraphML"


@dataclass(frozen=True, slots=True)
class RawNode:
    """A node with its attributes by name; `line` is where it stands in the file."""

    id: str
    tags: dict[str, str]
    line: int


@dataclass(frozen=True, slots=True)
class RawArc:
    """A directed edge with its attributes by name; parallel arcs differ in `key`."""

    start: str
    end: str
    key: str
    tags: dict[str, str]
    line: int


@dataclass(slots=True)
class RawGraph:
    """Everything of one file that a road map is made of."""

    nodes: list[RawNode] = field(default_factory=list)
    arcs: list[RawArc] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)
    directed: bool = True


class _DoctypeError(Exception):
    """The file declares a document type, which may hold an entity bomb."""


@dataclass(slots=True)
class _Handler:
    """Receives the parser's events; elements that GraphML does not need are passed over."""

    parser: expat.XMLParserType
    graph: RawGraph = field(default_factory=RawGraph)
    names: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    name: str | None = None
    text: list[str] = field(default_factory=list)
    root: str = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = tag.rpartition(" ")[2]
        if kind == "data":
            key = attributes.get("key", "")
            self.name = self.names.get(key, key)
            self.text.clear()
        elif kind == "edge":
            self.tags = {}
            ends = attributes.get("source", ""), attributes.get("target", "")
            line = self.parser.CurrentLineNumber
            self.graph.arcs.append(RawArc(*ends, attributes.get("id", "0"), self.tags, line))
        elif kind == "node":
            self.tags = {}
            node = RawNode(attributes.get("id", ""), self.tags, self.parser.CurrentLineNumber)
            self.graph.nodes.append(node)
        elif kind == "key":
            self.names[attributes.get("id", "")] = attributes.get("attr.name", "")
        elif kind == "graph":
            self.tags = self.graph.tags
            self.graph.directed = attributes.get("edgedefault") == "directed"
        self.root = self.root or kind

    def end(self, tag: str) -> None:
        if self.name is not None and tag.rpartition(" ")[2] == "data":
            self.tags[self.name] = "".join(self.text).strip()
            self.name = None

    def characters(self, text: str) -> None:
        if self.name is not None:
            self.text.append(text)

    def doctype(self, *_: object) -> None:
        raise _DoctypeError


def parse_graphml(path: Path, faults: Faults) -> RawGraph | None:
    """The nodes and arcs of a GraphML file, or None (with a fault) if it cannot be read as such.

    A document type declaration is refused: nothing that OSMnx writes has one, and it can make a
    small file expand without end.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    handler = _Handler(parser)
    parser.buffer_text = True
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.characters
    parser.StartDoctypeDeclHandler = handler.doctype
    file = str(path)
    try:
        with path.open("rb") as stream:
            parser.ParseFile(stream)
    except OSError as error:
        faults.add(file, "", "", error.strerror or str(error), EXPECTED)
    except _DoctypeError:
        where = f"line {parser.CurrentLineNumber}"
        faults.add(file, where, "", "a DOCTYPE", "GraphML without a document type declaration")
    except expat.ExpatError as error:
        faults.add(file, f"line {error.lineno}", "", expat.ErrorString(error.code), EXPECTED)
    except (LookupError, ValueError) as error:  # an encoding that the parser cannot do
        faults.add(file, "line 1", "", str(error), "XML in UTF-8")
    else:
        if handler.root == "graphml":
            return handler.graph
        faults.add(file, "line 1", "", f"<{handler.root}>", EXPECTED)
    return None
