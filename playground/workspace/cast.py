"""The seeded cast: who works in the playground, and its channels. Data only.

Level, topics and hours of those who help are in cast.csv, in the form that the app imports.
"""

from typing import Any

WORKSPACE = "Northwind Harbour"
DOMAIN = "northwind"

ADMIN, OWNER = {"is_admin": True}, {"is_admin": True, "is_owner": True}
GUEST, GONE, ROBOT, AWAY = {"is_restricted": True}, {"deleted": True}, {"is_bot": True}, {"away": True}
STRANGER = {"team_id": "T0PARTNERS"}

PEOPLE: tuple[tuple[str, str, str, str, dict[str, Any]], ...] = (
    # handle, real name, title, time zone, what is special
    ("maya", "Maya Lindqvist", "Software Engineer", "Europe/Berlin", {}),
    ("tomas", "Tomás Herrera", "Junior Data Analyst", "America/Sao_Paulo", {}),
    ("aiko", "Aiko Tanaka", "Senior Python Engineer", "Asia/Tokyo", {}),
    ("raj", "Raj Venkataraman", "Staff Engineer, Platform", "Asia/Kolkata", {}),
    ("priya", "Priya Nair", "Machine Learning Engineer", "Asia/Kolkata", {}),
    ("jonas", "Jonas Weber", "Senior Backend Engineer", "Europe/Berlin", {}),
    ("lena", "Lena Hoffmann", "Engineering Manager", "Europe/Berlin", {}),
    ("omar", "عمر الخطيب", "Security Engineer", "Asia/Dubai", {}),
    ("noa", "נועה בן־דוד", "Product Designer", "Asia/Jerusalem", {}),
    ("oliver", "Oliver Bennett", "Principal Architect", "Europe/London", {}),
    ("grace", "Grace Okafor", "Head of Data", "Europe/London", {}),
    ("ewan", "Ewan MacLeod", "Apprentice Developer", "Europe/London", {}),
    ("sofia", "Sofia Almeida", "Product Manager", "America/Sao_Paulo", {}),
    ("bruno", "Bruno Carvalho", "Mobile Engineer", "America/Sao_Paulo", {}),
    ("emily", "Emily Rosen", "VP Engineering", "America/New_York", OWNER),
    ("marcus", "Marcus Johnson", "Site Reliability Engineer", "America/New_York", {}),
    ("hannah", "Hannah Kim", "Data Scientist", "America/New_York", {}),
    ("diego", "Diego Ramírez", "Frontend Engineer", "America/Mexico_City", {}),
    ("zoe", "Zoë Martin", "UX Researcher", "America/Los_Angeles", {}),
    ("kai", "Kai Nakamura", "Senior iOS Engineer", "America/Los_Angeles", {}),
    ("linh", "Nguyễn Thị Linh", "QA Engineer", "Asia/Ho_Chi_Minh", {}),
    ("wei", "王伟", "Senior Data Engineer", "Asia/Shanghai", {}),
    ("mei", "Mei Tan", "Customer Support Lead", "Asia/Singapore", {}),
    ("jack", "Jack O'Sullivan", "Sales Executive", "Australia/Sydney", {}),
    ("ruby", "Ruby Walker", "People Partner", "Australia/Sydney", ADMIN),
    ("anders", "Anders Berg", "Agile Coach", "Europe/Stockholm", {}),
    ("ines", "Inès Dubois", "Technical Writer", "Europe/Paris", {}),
    ("piotr", "Piotr Zieliński", "DevOps Engineer", "Europe/Warsaw", {}),
    ("amara", "Amara Diallo", "Finance Analyst", "Africa/Lagos", {}),
    ("thandi", "Thandiwe Mokoena", "Accessibility Specialist", "Africa/Johannesburg", {}),
    ("elif", "Elif Yılmaz", "Product Marketing Manager", "Europe/Istanbul", {}),
    ("victor", "Victor Popescu", "Director of Product", "Europe/Bucharest", {}),
    ("chloe", "Chloe Nguyen", "Design Intern", "America/Los_Angeles", {}),
    ("sam", "Sam Taylor", "Data Intern", "America/Chicago", AWAY),
    ("ada", "Ada Whitfield", "Chief Technology Officer", "America/New_York", ADMIN),
    ("yusuf", "Yusuf Demir", "Support Engineer", "Europe/Istanbul", {}),
    ("long", "Maximiliana-Theodora Konstantinopoulou-von Hohenzollern-Sigmaringen de la Vega y Montalbán",
     "Senior Programme Manager for Cross-Functional Strategic Initiatives", "Europe/Athens", {}),
    ("isla", "Isla Fraser", "Career Coach", "Pacific/Auckland", {}),
    ("gus", "Gus Ortega", "Contract Designer", "America/Denver", GUEST),
    ("bea", "Beatrice Lowe", "Former Account Manager", "Europe/London", GONE),
    ("buildbot", "Build Bot", "", "Etc/UTC", ROBOT),
    ("pat", "Pat Sørensen", "Consultant at Fjordside Partners", "Europe/Copenhagen", STRANGER),
)  # fmt: skip

CAST = tuple(
    {
        "id": f"U0{handle.upper()}",
        "name": handle,
        "real_name": real_name,
        "title": title,
        "email": "" if "is_bot" in special else f"{handle}@northwind.example",
        "tz": tz,
        **special,
    }
    for handle, real_name, title, tz, special in PEOPLE
)

CHANNELS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    # id, name, handles of its members; none named: everyone
    ("C0GENERAL", "general", ()),
    ("C0RANDOM", "random", ()),
    ("C0PYTHON", "python", ("maya", "tomas", "aiko", "raj", "priya", "jonas", "ewan", "marcus", "wei")),
    ("C0DATA", "data", ("tomas", "priya", "grace", "hannah", "wei", "sam", "amara", "aiko")),
    ("C0DESIGN", "design", ("noa", "zoe", "chloe", "thandi", "gus", "diego", "sofia")),
    ("C0CAREERS", "careers", ("ruby", "isla", "lena", "emily", "maya", "chloe", "ewan", "sam")),
)  # fmt: skip

TOPICS = {
    "C0GENERAL": "Company news, for everyone",
    "C0RANDOM": "Anything but work",
    "C0PYTHON": "Python at work: questions welcome",
    "C0DATA": "Queries, dashboards, models",
    "C0DESIGN": "Critique and craft",
    "C0CAREERS": "Growing at Northwind Harbour",
}
