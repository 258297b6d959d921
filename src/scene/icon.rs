//! The icons of the program: one name for each, and its glyph in the bundled icon font.
//!
//! The font is `assets/fonts/remit-icons.ttf`, drawn from Lucide's centre lines at one stroke
//! weight. Everything that shows an icon (window, exporters) takes its glyph from here and its
//! colour from the theme. What an icon stands for is decided by whoever uses it.
//!
//! Invariant: the list here, `assets/fonts/icons.txt` and the font hold the same icons.

/// The bytes of the icon font.
pub const ICON_FONT_BYTES: &[u8] = include_bytes!("../../assets/fonts/remit-icons.ttf");

macro_rules! icons {
    ($($variant:ident = $glyph:literal, $name:literal, $source:literal;)+) => {
        /// An icon; drawn at 16 or 20 points, filling one em of the icon font.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Icon {
            $(#[doc = concat!("`", $source, "` in Lucide.")] $variant,)+
        }

        impl Icon {
            /// Every icon, in the order of the list.
            pub const ALL: &'static [Icon] = &[$(Icon::$variant,)+];

            /// The character of this icon in the icon font.
            pub const fn glyph(self) -> char {
                match self { $(Icon::$variant => $glyph,)+ }
            }

            /// The name of this icon in data files: lower case, words joined by hyphens.
            pub const fn name(self) -> &'static str {
                match self { $(Icon::$variant => $name,)+ }
            }

            /// The icon of that name, as `name` gives it.
            pub fn from_name(name: &str) -> Option<Icon> {
                match name { $($name => Some(Icon::$variant),)+ _ => None }
            }
        }
    };
}

icons! {
    // The program itself
    Logo = '\u{e125}', "logo", "network";
    Search = '\u{e151}', "search", "search";
    Undo = '\u{e2a1}', "undo", "undo-2";
    Redo = '\u{e2a0}', "redo", "redo-2";
    Export = '\u{e19e}', "export", "upload";
    Share = '\u{e155}', "share", "share";
    Present = '\u{e4ae}', "present", "presentation";
    Play = '\u{e13c}', "play", "play";
    Command = '\u{e09a}', "command", "command";
    Keyboard = '\u{e284}', "keyboard", "keyboard";
    Settings = '\u{e154}', "settings", "settings";
    Help = '\u{e082}', "help", "circle-question-mark";
    Book = '\u{e05f}', "book", "book-open";
    Sun = '\u{e178}', "sun", "sun";
    Moon = '\u{e11e}', "moon", "moon";
    Monitor = '\u{e11d}', "monitor", "monitor";
    Contrast = '\u{e09d}', "contrast", "contrast";
    History = '\u{e1f5}', "history", "rotate-ccw-clock";
    Wand = '\u{e357}', "wand", "wand-sparkles";
    Sparkles = '\u{e412}', "sparkles", "sparkles";
    Language = '\u{e0fe}', "language", "languages";
    // Files and clipboard
    Save = '\u{e14d}', "save", "save";
    Folder = '\u{e0d7}', "folder", "folder";
    FolderOpen = '\u{e247}', "folder-open", "folder-open";
    File = '\u{e0c0}', "file", "file";
    FilePlus = '\u{e0c9}', "file-plus", "file-plus";
    FileText = '\u{e0cc}', "file-text", "file-text";
    FileDown = '\u{e318}', "file-down", "file-down";
    FileUp = '\u{e32a}', "file-up", "file-up";
    Download = '\u{e0b2}', "download", "download";
    Print = '\u{e141}', "print", "printer";
    Image = '\u{e0f6}', "image", "image";
    Trash = '\u{e18d}', "trash", "trash";
    Copy = '\u{e09e}', "copy", "copy";
    Paste = '\u{e3e8}', "paste", "clipboard-paste";
    Cut = '\u{e14e}', "cut", "scissors";
    Duplicate = '\u{e3fd}', "duplicate", "copy-plus";
    Pencil = '\u{e1f9}', "pencil", "pencil";
    Archive = '\u{e041}', "archive", "archive";
    // Signs
    Plus = '\u{e13d}', "plus", "plus";
    Minus = '\u{e11c}', "minus", "minus";
    Check = '\u{e06c}', "check", "check";
    Close = '\u{e1b2}', "close", "x";
    More = '\u{e0b6}', "more", "ellipsis";
    MoreVertical = '\u{e0b7}', "more-vertical", "ellipsis-vertical";
    ChevronUp = '\u{e070}', "chevron-up", "chevron-up";
    ChevronDown = '\u{e06d}', "chevron-down", "chevron-down";
    ChevronLeft = '\u{e06e}', "chevron-left", "chevron-left";
    ChevronRight = '\u{e06f}', "chevron-right", "chevron-right";
    ChevronsUpDown = '\u{e211}', "chevrons-up-down", "chevrons-up-down";
    ArrowUp = '\u{e04a}', "arrow-up", "arrow-up";
    ArrowDown = '\u{e042}', "arrow-down", "arrow-down";
    ArrowLeft = '\u{e048}', "arrow-left", "arrow-left";
    ArrowRight = '\u{e049}', "arrow-right", "arrow-right";
    ArrowUpRight = '\u{e04d}', "arrow-up-right", "arrow-up-right";
    ArrowDownRight = '\u{e045}', "arrow-down-right", "arrow-down-right";
    ArrowLeftRight = '\u{e24a}', "arrow-left-right", "arrow-left-right";
    Return = '\u{e0a1}', "return", "corner-down-left";
    Refresh = '\u{e145}', "refresh", "refresh-cw";
    Link = '\u{e102}', "link", "link";
    Unlink = '\u{e19c}', "unlink", "unlink";
    External = '\u{e0b9}', "external", "external-link";
    Pin = '\u{e259}', "pin", "pin";
    PinOff = '\u{e2b6}', "pin-off", "pin-off";
    Lock = '\u{e10b}', "lock", "lock";
    Unlock = '\u{e10c}', "unlock", "lock-open";
    Eye = '\u{e0ba}', "eye", "eye";
    EyeOff = '\u{e0bb}', "eye-off", "eye-off";
    Star = '\u{e176}', "star", "star";
    Flag = '\u{e0d1}', "flag", "flag";
    Bookmark = '\u{e060}', "bookmark", "bookmark";
    Bell = '\u{e059}', "bell", "bell";
    Loader = '\u{e109}', "loader", "loader";
    // Severity and state
    Block = '\u{e128}', "block", "octagon-x";
    Warning = '\u{e193}', "warning", "triangle-alert";
    Caution = '\u{e077}', "caution", "circle-alert";
    Low = '\u{e078}', "low", "circle-arrow-down";
    Info = '\u{e0f9}', "info", "info";
    Ban = '\u{e051}', "ban", "ban";
    CircleCheck = '\u{e226}', "circle-check", "circle-check";
    CircleX = '\u{e084}', "circle-x", "circle-x";
    CircleDot = '\u{e345}', "circle-dot", "circle-dot";
    CircleDashed = '\u{e4b0}', "circle-dashed", "circle-dashed";
    CircleHelp = '\u{e568}', "circle-help", "message-circle-question-mark";
    Shield = '\u{e158}', "shield", "shield";
    ShieldCheck = '\u{e1ff}', "shield-check", "shield-check";
    Bug = '\u{e20c}', "bug", "bug";
    Flame = '\u{e0d2}', "flame", "flame";
    Waived = '\u{e05a}', "waived", "bell-off";
    // Organisation
    Organisation = '\u{e290}', "organisation", "building-complex";
    Company = '\u{e1cc}', "company", "building";
    Department = '\u{e062}', "department", "briefcase";
    Shop = '\u{e3e4}', "shop", "store";
    Factory = '\u{e29f}', "factory", "factory";
    Warehouse = '\u{e3e6}', "warehouse", "warehouse";
    Bakery = '\u{e2ae}', "bakery", "croissant";
    Wheat = '\u{e39e}', "wheat", "wheat";
    Home = '\u{e0f5}', "home", "house";
    Location = '\u{e111}', "location", "map-pin";
    Person = '\u{e19f}', "person", "user";
    People = '\u{e1a4}', "people", "users";
    PersonPlus = '\u{e1a2}', "person-plus", "user-plus";
    PersonCheck = '\u{e1a0}', "person-check", "user-check";
    PersonMissing = '\u{e1a3}', "person-missing", "user-x";
    Badge = '\u{e617}', "badge", "id-card";
    Committee = '\u{e46e}', "committee", "users-round";
    Gavel = '\u{e0e0}', "gavel", "gavel";
    Handshake = '\u{e5c0}', "handshake", "handshake";
    Truck = '\u{e194}', "truck", "truck";
    Cart = '\u{e15c}', "cart", "shopping-cart";
    Globe = '\u{e0e8}', "globe", "globe";
    // Work
    Process = '\u{e425}', "process", "workflow";
    Decision = '\u{e212}', "decision", "scale";
    Step = '\u{e167}', "step", "square";
    Gateway = '\u{e2d2}', "gateway", "diamond";
    Event = '\u{e076}', "event", "circle";
    Lanes = '\u{e58a}', "lanes", "rows-3";
    Lane = '\u{e439}', "lane", "rows-2";
    Note = '\u{e303}', "note", "sticky-note";
    Connector = '\u{e38b}', "connector", "spline";
    Connection = '\u{e542}', "connection", "waypoints";
    Split = '\u{e440}', "split", "split";
    Merge = '\u{e43f}', "merge", "merge";
    Branch = '\u{e0e2}', "branch", "git-branch";
    Fork = '\u{e28d}', "fork", "git-fork";
    Route = '\u{e53e}', "route", "route";
    Repeat = '\u{e146}', "repeat", "repeat";
    SubProcess = '\u{e173}', "sub-process", "square-plus";
    Hourglass = '\u{e296}', "hourglass", "hourglass";
    Timer = '\u{e1e0}', "timer", "timer";
    Clock = '\u{e087}', "clock", "clock";
    ClockAlert = '\u{e62a}', "clock-alert", "clock-alert";
    Calendar = '\u{e063}', "calendar", "calendar";
    Zap = '\u{e1b4}', "zap", "zap";
    Inbox = '\u{e0f7}', "inbox", "inbox";
    Send = '\u{e152}', "send", "send";
    Message = '\u{e117}', "message", "message-square";
    Mail = '\u{e10f}', "mail", "mail";
    MailOpen = '\u{e363}', "mail-open", "mail-open";
    Phone = '\u{e133}', "phone", "phone";
    Package = '\u{e129}', "package", "package";
    ClipboardList = '\u{e086}', "clipboard-list", "clipboard-list";
    ClipboardCheck = '\u{e219}', "clipboard-check", "clipboard-check";
    ListChecks = '\u{e1d0}', "list-checks", "list-checks";
    Stamp = '\u{e3bb}', "stamp", "stamp";
    Signature = '\u{e5f2}', "signature", "signature";
    Receipt = '\u{e3d3}', "receipt", "receipt";
    Target = '\u{e180}', "target", "target";
    Lightbulb = '\u{e1c2}', "lightbulb", "lightbulb";
    Scenario = '\u{e359}', "scenario", "git-compare";
    // Numbers
    Money = '\u{e097}', "money", "coins";
    Banknote = '\u{e052}', "banknote", "banknote";
    Percent = '\u{e132}', "percent", "percent";
    Number = '\u{e0ef}', "number", "hash";
    Text = '\u{e198}', "text", "type";
    Gauge = '\u{e1bf}', "gauge", "gauge";
    ChartBars = '\u{e2a3}', "chart-bars", "chart-column";
    ChartLine = '\u{e2a5}', "chart-line", "chart-line";
    TrendUp = '\u{e191}', "trend-up", "trending-up";
    TrendDown = '\u{e190}', "trend-down", "trending-down";
    Sigma = '\u{e201}', "sigma", "sigma";
    Calculator = '\u{e1bc}', "calculator", "calculator";
    // Systems
    Database = '\u{e0ad}', "database", "database";
    Server = '\u{e153}', "server", "server";
    Cpu = '\u{e0a9}', "cpu", "cpu";
    Laptop = '\u{e1cd}', "laptop", "laptop";
    Code = '\u{e093}', "code", "code";
    // Views and canvas
    Grid = '\u{e0e9}', "grid", "grid-3x3";
    Matrix = '\u{e2f9}', "matrix", "table-2";
    Table = '\u{e17d}', "table", "table";
    Dashboard = '\u{e1c1}', "dashboard", "layout-dashboard";
    Layers = '\u{e529}', "layers", "layers";
    List = '\u{e106}', "list", "list";
    ListTree = '\u{e408}', "list-tree", "list-tree";
    Filter = '\u{e460}', "filter", "list-filter";
    SortAscending = '\u{e415}', "sort-ascending", "arrow-down-a-z";
    SortDescending = '\u{e047}', "sort-descending", "arrow-down-wide-narrow";
    Group = '\u{e464}', "group", "group";
    Ungroup = '\u{e467}', "ungroup", "ungroup";
    Pointer = '\u{e1c3}', "pointer", "mouse-pointer-2";
    Hand = '\u{e1d7}', "hand", "hand";
    Move = '\u{e121}', "move", "move";
    Fit = '\u{e112}', "fit", "maximize";
    Frame = '\u{e291}', "frame", "frame";
    Crosshair = '\u{e0ac}', "crosshair", "crosshair";
    ZoomIn = '\u{e1b6}', "zoom-in", "zoom-in";
    ZoomOut = '\u{e1b7}', "zoom-out", "zoom-out";
    Minimap = '\u{e110}', "minimap", "map";
    PanelLeft = '\u{e12a}', "panel-left", "panel-left";
    PanelRight = '\u{e431}', "panel-right", "panel-right";
    PanelBottom = '\u{e42c}', "panel-bottom", "panel-bottom";
    Columns = '\u{e098}', "columns", "columns-2";
    SplitView = '\u{e3b6}', "split-view", "square-split-horizontal";
    Rows = '\u{e58b}', "rows", "rows-4";
    AlignLeft = '\u{e271}', "align-left", "align-start-vertical";
    AlignCenter = '\u{e26d}', "align-center", "align-center-vertical";
    AlignRight = '\u{e26f}', "align-right", "align-end-vertical";
    AlignTop = '\u{e270}', "align-top", "align-start-horizontal";
    AlignMiddle = '\u{e26c}', "align-middle", "align-center-horizontal";
    AlignBottom = '\u{e26e}', "align-bottom", "align-end-horizontal";
    DistributeHorizontal = '\u{e03c}', "distribute-horizontal", "align-horizontal-distribute-center";
    DistributeVertical = '\u{e27e}', "distribute-vertical", "align-vertical-distribute-center";
    AutoLayout = '\u{e0ff}', "auto-layout", "layout-grid";
    Magnet = '\u{e2b5}', "magnet", "magnet";
    Palette = '\u{e1dd}', "palette", "palette";
    Tag = '\u{e17f}', "tag", "tag";
    Shapes = '\u{e4b3}', "shapes", "shapes";
    GripVertical = '\u{e0eb}', "grip-vertical", "grip-vertical";
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_icon_is_drawn_by_the_bundled_font() {
        let face = ttf_parser::Face::parse(ICON_FONT_BYTES, 0).unwrap();
        for icon in Icon::ALL {
            let glyph = face.glyph_index(icon.glyph());
            let glyph = glyph.unwrap_or_else(|| panic!("{} has no glyph", icon.name()));
            assert!(face.glyph_bounding_box(glyph).is_some(), "{} is empty", icon.name());
            assert_eq!(face.glyph_hor_advance(glyph), Some(face.units_per_em()));
        }
    }

    /// The points through which an outline goes.
    #[derive(Default)]
    struct Points(Vec<(f32, f32)>);

    impl ttf_parser::OutlineBuilder for Points {
        fn move_to(&mut self, x: f32, y: f32) {
            self.0.push((x, y));
        }
        fn line_to(&mut self, x: f32, y: f32) {
            self.0.push((x, y));
        }
        fn quad_to(&mut self, _: f32, _: f32, x: f32, y: f32) {
            self.0.push((x, y));
        }
        fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, x: f32, y: f32) {
            self.0.push((x, y));
        }
        fn close(&mut self) {}
    }

    #[test]
    fn every_icon_stays_inside_its_em() {
        let face = ttf_parser::Face::parse(ICON_FONT_BYTES, 0).unwrap();
        let em = f32::from(face.units_per_em());
        let (top, bottom) = (f32::from(face.ascender()), f32::from(face.descender()));
        assert_eq!(top - bottom, em);
        for icon in Icon::ALL {
            let mut points = Points::default();
            face.outline_glyph(face.glyph_index(icon.glyph()).unwrap(), &mut points).unwrap();
            for (x, y) in points.0 {
                assert!((0.0..=em).contains(&x), "{} at {x}", icon.name());
                assert!((bottom..=top).contains(&y), "{} at {y}", icon.name());
            }
        }
    }

    #[test]
    fn names_and_glyphs_are_unique_and_found_again() {
        let names: BTreeSet<_> = Icon::ALL.iter().map(|icon| icon.name()).collect();
        let glyphs: BTreeSet<_> = Icon::ALL.iter().map(|icon| icon.glyph()).collect();
        assert_eq!(names.len(), Icon::ALL.len());
        assert_eq!(glyphs.len(), Icon::ALL.len());
        for icon in Icon::ALL {
            assert_eq!(Icon::from_name(icon.name()), Some(*icon));
        }
        assert_eq!(Icon::from_name("no such icon"), None);
    }

    #[test]
    fn the_list_beside_the_font_names_the_same_icons() {
        let listed: Vec<String> = include_str!("../../assets/fonts/icons.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split(' ').next())
            .map(str::to_owned)
            .collect();
        let here: Vec<String> = Icon::ALL.iter().map(|icon| format!("{icon:?}")).collect();
        assert_eq!(here, listed);
    }
}
