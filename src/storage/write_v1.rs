//! A document as the canonical text of format 1.
//!
//! Sections and fields stand in one fixed order, defaults are left out, elements stand in the order of their making.
//! Built-in frameworks are not written. A placement whose view does not exist belongs to no picture and is not written.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::values::{Word, duration_text};
use super::writer::{Fields, push_coordinate, push_number, push_quoted, push_spaces};
use crate::model::*;

/// Number of the format that is written.
pub(super) const FORMAT: u32 = 1;

/// The canonical text of a document.
pub(super) fn to_text(document: &Document) -> String {
    let keys = Keys { document };
    let mut out = String::with_capacity(4096 + document.element_count() * 192 + document.placements().len() * 64);
    out.push_str("(\n    format: ");
    out.push_str(&FORMAT.to_string());
    out.push_str(",\n    project: ");
    Fields::block(&mut out, 4, |fields| project(fields, &keys, document.project()));
    out.push_str(",\n");
    write_organisation(&mut out, &keys);
    write_processes(&mut out, &keys);
    blocks(&mut out, &keys, "decisions", document.decisions(), decision);
    lines(&mut out, &keys, "rights", document.rights(), right);
    blocks(&mut out, &keys, "notes", document.notes(), note);
    write_views(&mut out, &keys);
    out.push_str(")\n");
    out
}

fn write_organisation(out: &mut String, keys: &Keys<'_>) {
    let document = keys.document;
    let own: Vec<&Framework> =
        document.frameworks().iter().map(|(_, framework)| framework).filter(|framework| !framework.built_in).collect();
    section(out, "frameworks", &own, |out, own| Fields::block(out, 8, |fields| framework(fields, own)));
    blocks(out, keys, "units", document.units(), unit);
    blocks(out, keys, "roles", document.roles(), role);
    blocks(out, keys, "people", document.people(), person);
    blocks(out, keys, "externals", document.externals(), external);
    blocks(out, keys, "systems", document.systems(), system);
    blocks(out, keys, "bodies", document.bodies(), body);
    blocks(out, keys, "artefacts", document.artefacts(), artefact);
}

fn write_processes(out: &mut String, keys: &Keys<'_>) {
    let document = keys.document;
    blocks(out, keys, "processes", document.processes(), process);
    blocks(out, keys, "steps", document.steps(), step);
    blocks(out, keys, "gateways", document.gateways(), gateway);
    blocks(out, keys, "events", document.events(), event);
    blocks(out, keys, "flows", document.flows(), flow);
}

fn write_views(out: &mut String, keys: &Keys<'_>) {
    let mut placements: BTreeMap<ViewId, Vec<&Placement>> = BTreeMap::new();
    for (_, placement) in keys.document.placements().iter() {
        placements.entry(placement.view).or_default().push(placement);
    }
    let views: Vec<_> = keys.document.views().iter().collect();
    section(out, "views", &views, |out, (id, record)| {
        let shown = placements.get(id).map_or(&[] as &[_], Vec::as_slice);
        Fields::block(out, 8, |fields| view(fields, keys, record, shown));
    });
}

/// The keys by which the elements of a document are written.
struct Keys<'d> {
    document: &'d Document,
}

impl<'d> Keys<'d> {
    fn of(&self, element: impl Into<ElementRef>) -> Cow<'d, str> {
        let element = element.into();
        if let Some(key) = self.document.key_of(element) {
            return Cow::Borrowed(key.as_str());
        }
        if let Some(key) = self.document.missing_key(element) {
            return Cow::Borrowed(key);
        }
        match element {
            ElementRef::Right(id) if self.document.rights().contains(id) => Cow::Owned(self.document.path_of(element)),
            ElementRef::Placement(id) if self.document.placements().contains(id) => {
                Cow::Owned(self.document.path_of(element))
            }
            other => Cow::Owned(format!("missing-{}", other.kind().word())),
        }
    }

    fn maybe(&self, element: Option<impl Into<ElementRef>>) -> Option<Cow<'d, str>> {
        element.map(|element| self.of(element))
    }
}

impl Fields<'_> {
    fn key(&mut self, key: &Key) {
        self.field("key", |out| push_quoted(out, key.as_str()));
    }

    fn reference(&mut self, keys: &Keys<'_>, name: &str, element: Option<impl Into<ElementRef>>) {
        self.shown(name, keys.maybe(element));
    }

    fn references<T: Copy + Into<ElementRef>>(&mut self, keys: &Keys<'_>, name: &str, elements: &[T]) {
        self.list(name, elements, |out, element| push_quoted(out, &keys.of(*element)));
    }

    fn duration(&mut self, name: &str, minutes: Option<Minutes>) {
        self.shown(name, minutes.map(duration_text));
    }

    fn choice<T: Word>(&mut self, name: &str, choice: Option<T>) {
        self.word(name, choice.map(T::word));
    }

    fn order(&mut self, order: i32) {
        self.plain("order", (order != 0).then_some(order));
    }
}

fn section<T>(out: &mut String, name: &str, rows: &[T], write: impl Fn(&mut String, &T)) {
    if rows.is_empty() {
        return;
    }
    out.push_str("    ");
    out.push_str(name);
    out.push_str(": [\n");
    for row in rows {
        push_spaces(out, 8);
        write(out, row);
        out.push_str(",\n");
    }
    out.push_str("    ],\n");
}

type WriteFields<T> = fn(&mut Fields<'_>, &Keys<'_>, &T);

fn blocks<I: TableId, T>(out: &mut String, keys: &Keys<'_>, name: &str, table: &Table<I, T>, write: WriteFields<T>) {
    let rows: Vec<&T> = table.iter().map(|(_, row)| row).collect();
    section(out, name, &rows, |out, row| Fields::block(out, 8, |fields| write(fields, keys, row)));
}

fn lines<I: TableId, T>(out: &mut String, keys: &Keys<'_>, name: &str, table: &Table<I, T>, write: WriteFields<T>) {
    let rows: Vec<&T> = table.iter().map(|(_, row)| row).collect();
    section(out, name, &rows, |out, row| Fields::line(out, |fields| write(fields, keys, row)));
}

fn project(fields: &mut Fields<'_>, keys: &Keys<'_>, project: &Project) {
    fields.field("name", |out| push_quoted(out, &project.name));
    fields.shown("currency", Some(project.currency));
    fields.reference(keys, "framework", project.framework);
    fields.choice("profile", (project.profile != Profile::default()).then_some(project.profile));
    fields.number("hours_per_week", project.hours_per_week);
    fields.shown("appetite", project.appetite);
    if !project.thresholds.is_empty() {
        let indent = fields.indent();
        fields.field("thresholds", |out| {
            out.push_str("{\n");
            for (name, value) in &project.thresholds {
                push_spaces(out, indent + 4);
                push_quoted(out, name);
                out.push_str(": ");
                push_number(out, *value);
                out.push_str(",\n");
            }
            push_spaces(out, indent);
            out.push('}');
        });
    }
    fields.lines("waivers", &project.waivers, |out, waiver| {
        Fields::line(out, |fields| {
            fields.field("rule", |out| push_quoted(out, &waiver.rule));
            fields.list("elements", &waiver.elements, |out, key| push_quoted(out, key.as_str()));
            fields.text("reason", &waiver.reason);
            fields.text("name", &waiver.name);
            fields.shown("expires", waiver.expires);
        });
    });
    fields.text("description", &project.description);
}

fn framework(fields: &mut Fields<'_>, framework: &Framework) {
    fields.key(&framework.key);
    fields.text("name", &framework.name);
    fields.lines("letters", &framework.letters, |out, letter| {
        Fields::line(out, |fields| {
            fields.field("code", |out| push_quoted(out, &letter.code));
            fields.text("name", &letter.name);
            fields.text("meaning", &letter.meaning);
            fields.list("duties", &letter.duties, |out, duty| out.push_str(Word::word(*duty)));
            fields.plain("at_least", (letter.at_least > 0).then_some(letter.at_least));
            fields.plain("at_most", letter.at_most);
        });
    });
    fields.text("description", &framework.description);
}

fn kpis(fields: &mut Fields<'_>, kpis: &[Kpi]) {
    fields.lines("kpis", kpis, |out, kpi| {
        Fields::line(out, |fields| {
            fields.field("name", |out| push_quoted(out, &kpi.name));
            fields.text("target", &kpi.target);
        });
    });
}

fn unit(fields: &mut Fields<'_>, keys: &Keys<'_>, unit: &Unit) {
    fields.key(&unit.key);
    fields.text("name", &unit.name);
    fields.reference(keys, "parent", unit.parent);
    fields.order(unit.order);
    fields.text("kind", &unit.kind);
    fields.choice("model_type", unit.model_type);
    fields.texts("goals", &unit.goals);
    kpis(fields, &unit.kpis);
    fields.shown("budget", unit.budget);
    fields.flag("shared_service", unit.shared_service);
    fields.texts("responsibilities", &unit.responsibilities);
    fields.plain("tint", unit.tint);
    fields.text("description", &unit.description);
}

fn role(fields: &mut Fields<'_>, keys: &Keys<'_>, role: &Role) {
    fields.key(&role.key);
    fields.text("name", &role.name);
    fields.reference(keys, "unit", role.unit);
    fields.order(role.order);
    fields.plain("level", role.level);
    fields.list("holders", &role.holders, |out, holding| {
        Fields::line(out, |fields| {
            fields.reference(keys, "person", Some(holding.person));
            fields.number("share", holding.share);
        });
    });
    fields.flag("vacant", role.vacant);
    fields.reference(keys, "deputy", role.deputy);
    fields.reference(keys, "reports_to", role.reports_to);
    fields.references(keys, "dotted_to", &role.dotted_to);
    fields.choice("archetype", role.archetype);
    fields.duration("reserved", role.reserved);
    fields.text("purpose", &role.purpose);
    fields.texts("responsibilities", &role.responsibilities);
    kpis(fields, &role.kpis);
    fields.text("description", &role.description);
}

fn person(fields: &mut Fields<'_>, _keys: &Keys<'_>, person: &Person) {
    fields.key(&person.key);
    fields.text("name", &person.name);
    fields.number("hours_per_week", person.hours_per_week);
    fields.lines("holidays", &person.holidays, |out, absence| {
        Fields::line(out, |fields| {
            fields.shown("from", Some(absence.from));
            fields.shown("to", Some(absence.to));
        });
    });
    fields.lines("skills", &person.skills, |out, skill| {
        Fields::line(out, |fields| {
            fields.field("name", |out| push_quoted(out, &skill.name));
            fields.choice("level", Some(skill.level));
        });
    });
    fields.text("description", &person.description);
}

fn substitutes(fields: &mut Fields<'_>, substitutes: Option<&Vec<String>>) {
    if let Some(substitutes) = substitutes {
        fields.any_list("substitutes", substitutes, |out, text| push_quoted(out, text));
    }
}

fn external(fields: &mut Fields<'_>, keys: &Keys<'_>, external: &External) {
    fields.key(&external.key);
    fields.text("name", &external.name);
    fields.choice("kind", external.kind);
    substitutes(fields, external.substitutes.as_ref());
    fields.references(keys, "serves", &external.serves);
    fields.reference(keys, "owner", external.owner);
    fields.text("description", &external.description);
}

fn system(fields: &mut Fields<'_>, keys: &Keys<'_>, system: &System) {
    fields.key(&system.key);
    fields.text("name", &system.name);
    fields.choice("kind", system.kind);
    fields.text("purpose", &system.purpose);
    substitutes(fields, system.substitutes.as_ref());
    fields.references(keys, "serves", &system.serves);
    fields.reference(keys, "owner", system.owner);
    fields.text("description", &system.description);
}

fn body(fields: &mut Fields<'_>, keys: &Keys<'_>, body: &Body) {
    fields.key(&body.key);
    fields.text("name", &body.name);
    fields.reference(keys, "unit", body.unit);
    fields.list("members", &body.members, |out, member| {
        Fields::line(out, |fields| {
            fields.reference(keys, "who", Some(member.actor));
            fields.plain("weight", (member.weight != Amount::whole(1)).then_some(member.weight));
        });
    });
    fields.choice("method", body.method);
    fields.plain("quorum", body.quorum);
    fields.plain("quota", body.quota);
    fields.text("tie_rule", &body.tie_rule);
    fields.text("conflict_rule", &body.conflict_rule);
    fields.text("description", &body.description);
}

fn artefact(fields: &mut Fields<'_>, _keys: &Keys<'_>, artefact: &Artefact) {
    fields.key(&artefact.key);
    fields.text("name", &artefact.name);
    fields.text("kind", &artefact.kind);
    fields.text("class", &artefact.class);
    fields.text("description", &artefact.description);
}

fn process(fields: &mut Fields<'_>, keys: &Keys<'_>, process: &Process) {
    fields.key(&process.key);
    fields.text("name", &process.name);
    fields.order(process.order);
    fields.reference(keys, "owner", process.owner);
    fields.shown("cases", process.cases);
    fields.plain("criticality", process.criticality);
    fields.duration("tolerable_outage", process.tolerable_outage);
    fields.duration("recovery_target", process.recovery_target);
    fields.shown("review", process.review);
    fields.duration("lead_time_goal", process.lead_time_goal);
    fields.text("trigger", &process.trigger);
    fields.text("result", &process.result);
    fields.text("description", &process.description);
}

fn step(fields: &mut Fields<'_>, keys: &Keys<'_>, step: &Step) {
    fields.key(&step.key);
    fields.text("name", &step.name);
    fields.reference(keys, "process", Some(step.process));
    fields.reference(keys, "performer", step.performer);
    fields.reference(keys, "system", step.system);
    fields.duration("work", step.work);
    fields.duration("wait", step.wait);
    fields.duration("batch_period", step.batch_period);
    fields.number("first_time_right", step.first_time_right);
    fields.choice("value", step.value);
    fields.list("duties", &step.duties, |out, duty| out.push_str(duty.word()));
    fields.text("skill", &step.skill);
    fields.references(keys, "inputs", &step.inputs);
    fields.references(keys, "outputs", &step.outputs);
    fields.shown("cost", step.cost);
    fields.text("description", &step.description);
}

fn gateway(fields: &mut Fields<'_>, keys: &Keys<'_>, gateway: &Gateway) {
    fields.key(&gateway.key);
    fields.text("name", &gateway.name);
    fields.reference(keys, "process", Some(gateway.process));
    fields.reference(keys, "performer", gateway.performer);
    fields.choice("kind", Some(gateway.kind));
    fields.reference(keys, "decision", gateway.decision);
    fields.text("description", &gateway.description);
}

fn event(fields: &mut Fields<'_>, keys: &Keys<'_>, event: &Event) {
    fields.key(&event.key);
    fields.text("name", &event.name);
    fields.reference(keys, "process", Some(event.process));
    fields.reference(keys, "performer", event.performer);
    fields.choice("kind", Some(event.kind));
    fields.duration("wait", event.wait);
    fields.text("description", &event.description);
}

fn flow(fields: &mut Fields<'_>, keys: &Keys<'_>, flow: &Flow) {
    fields.key(&flow.key);
    fields.text("name", &flow.name);
    fields.reference(keys, "process", Some(flow.process));
    fields.reference(keys, "from", Some(flow.from));
    fields.reference(keys, "to", Some(flow.to));
    fields.number("probability", flow.probability);
    fields.reference(keys, "artefact", flow.artefact);
    fields.text("channel", &flow.channel);
    fields.text("description", &flow.description);
}

fn decision(fields: &mut Fields<'_>, keys: &Keys<'_>, decision: &Decision) {
    fields.key(&decision.key);
    fields.text("name", &decision.name);
    fields.order(decision.order);
    fields.text("area", &decision.area);
    fields.choice("kind", (decision.kind != DecisionKind::default()).then_some(decision.kind));
    fields.reference(keys, "framework", decision.framework);
    fields.references(keys, "scope", &decision.scope);
    fields.shown("frequency", decision.frequency);
    fields.shown("amount_median", decision.amount_median);
    fields.shown("amount_p95", decision.amount_p95);
    fields.plain("importance", decision.importance);
    fields.plain("reversible", decision.reversible);
    fields.reference(keys, "locus", decision.locus);
    fields.duration("work", decision.work);
    fields.duration("target_time", decision.target_time);
    fields.duration("actual_time", decision.actual_time);
    fields.text("skill", &decision.skill);
    fields.flag("reserved", decision.reserved);
    fields.text("reserved_reason", &decision.reserved_reason);
    fields.text("guardrail", &decision.guardrail);
    fields.references(keys, "steps", &decision.steps);
    fields.references(keys, "gateways", &decision.gateways);
    fields.text("description", &decision.description);
}

fn right(fields: &mut Fields<'_>, keys: &Keys<'_>, right: &Right) {
    fields.reference(keys, "on", Some(right.subject));
    fields.reference(keys, "who", Some(right.holder));
    fields.field("letter", |out| push_quoted(out, &right.letter));
    fields.list("limits", &right.tiers, |out, tier| push_tier(out, keys, tier));
    fields.text("veto_domain", &right.veto_domain);
    fields.duration("review_window", right.review_window);
    fields.text("note", &right.note);
}

fn push_tier(out: &mut String, keys: &Keys<'_>, tier: &Tier) {
    let text = tier.to_string();
    let bounds = Tier { above: tier.above, up_to: tier.up_to, per: tier.per, ..Tier::unbounded(tier.quantity) };
    if *tier == bounds {
        push_quoted(out, &text);
        return;
    }
    Fields::line(out, |fields| {
        fields.text("limit", &text);
        fields.list("when", &tier.conditions, |out, condition| push_condition(out, keys, condition));
        fields.references(keys, "co_signers", &tier.co_signers);
        fields.shown("valid_from", tier.valid_from);
        fields.shown("valid_to", tier.valid_to);
        fields.flag("sub_delegation", tier.sub_delegation);
        fields.reference(keys, "escalates_to", tier.escalates_to);
    });
}

fn push_condition(out: &mut String, keys: &Keys<'_>, condition: &Condition) {
    let word = match condition {
        Condition::Unit(_) => "unit",
        Condition::Category(_) => "category",
        Condition::Budgeted(_) => "budgeted",
        Condition::NewSupplier(_) => "new_supplier",
        Condition::Text(_) => "text",
    };
    out.push_str(word);
    out.push('(');
    match condition {
        Condition::Unit(unit) => push_quoted(out, &keys.of(*unit)),
        Condition::Category(text) | Condition::Text(text) => push_quoted(out, text),
        Condition::Budgeted(yes) | Condition::NewSupplier(yes) => out.push_str(if *yes { "true" } else { "false" }),
    }
    out.push(')');
}

fn note(fields: &mut Fields<'_>, keys: &Keys<'_>, note: &Note) {
    fields.key(&note.key);
    fields.text("text", &note.text);
    fields.text("author", &note.author);
    fields.reference(keys, "about", note.about);
}

fn view(fields: &mut Fields<'_>, keys: &Keys<'_>, view: &View, placements: &[&Placement]) {
    fields.key(&view.key);
    fields.text("name", &view.name);
    fields.order(view.order);
    let indent = fields.indent();
    fields.field("shows", |out| push_view_kind(out, indent, keys, &view.kind));
    fields.text("description", &view.description);
    fields.lines("placements", placements, |out, placement| push_placement(out, keys, placement));
}

fn push_view_kind(out: &mut String, indent: usize, keys: &Keys<'_>, kind: &ViewKind) {
    match kind {
        ViewKind::Organisation { root } => {
            out.push_str("organisation");
            Fields::line(out, |fields| fields.reference(keys, "root", *root));
        }
        ViewKind::Process { process, lanes } => {
            out.push_str("process");
            Fields::block(out, indent, |fields| {
                fields.reference(keys, "process", Some(*process));
                fields.lines("lanes", lanes, |out, lane| push_lane(out, keys, lane));
            });
        }
        ViewKind::Board => out.push_str("board"),
        ViewKind::Matrix(matrix) => {
            out.push_str("matrix");
            Fields::block(out, indent, |fields| {
                fields.choice("rows", Some(matrix.rows));
                fields.references(keys, "processes", &matrix.processes);
                fields.references(keys, "columns", &matrix.columns);
                fields.references(keys, "collapsed", &matrix.collapsed);
            });
        }
    }
}

fn push_lane(out: &mut String, keys: &Keys<'_>, lane: &Lane) {
    Fields::line(out, |fields| {
        fields.reference(keys, "who", lane.actor);
        fields.field("extent", |out| push_coordinate(out, lane.extent));
        fields.flag("collapsed", lane.collapsed);
    });
}

fn push_placement(out: &mut String, keys: &Keys<'_>, placement: &Placement) {
    Fields::line(out, |fields| {
        fields.reference(keys, "of", Some(placement.element));
        if let Some(center) = placement.center {
            fields.field("at", |out| push_pair(out, center.x, center.y));
        }
        if let Some(size) = placement.size {
            fields.field("size", |out| push_pair(out, size.width, size.height));
        }
        fields.list("bends", &placement.bends, |out, bend| push_pair(out, bend.x, bend.y));
        fields.flag("pinned", placement.pinned);
        fields.flag("collapsed", placement.collapsed);
    });
}

fn push_pair(out: &mut String, first: f64, second: f64) {
    out.push('(');
    push_coordinate(out, first);
    out.push_str(", ");
    push_coordinate(out, second);
    out.push(')');
}
